package import Tensors

/// What happens to data before it enters a model's graph: the first halves of the layers that work on
/// strings, in their order.
package struct DataStage: Sendable {
  /// An input of the model as Keras has it.
  package struct Source: Sendable {
    /// The input layer.
    package let reference: TensorReference
    /// The shape of a row; `nil` if the model leaves it open.
    package let row: [Int?]?
    /// Whether it takes strings.
    package let takesStrings: Bool
  }

  /// One call of a layer.
  package struct Step: Sendable {
    /// The layer.
    package let layer: any DataLayer
    /// What it is called with.
    package let inputs: [TensorReference]
    /// What comes out.
    package let result: TensorReference
  }

  /// The model's inputs as Keras has them, in order.
  package let sources: [Source]
  /// The calls, each behind those that make its inputs.
  package let steps: [Step]
  /// Where numbers enter the graph, in the order of ``Model/inputs``: inputs that hold numbers, and
  /// calls of layers whose second halves are in the graph.
  package let entries: [TensorReference]

  /// Whether rows of places are as long as the longest text, so that what is filled in depends on the
  /// data.
  package var padsByData: Bool {
    steps.contains { step in
      (step.layer as? TextVectorization).map { $0.length == nil && $0.givesPlaces } ?? false
    }
  }

  /// The columns of one table as arrays for inputs of their names, as Keras takes a dictionary of
  /// columns; other arrays as they are.
  package func arrays(_ given: [DataArray], columns: [String]) -> [DataArray] {
    guard given.count == 1, sources.count > 1 else { return given }
    let places = sources.map { columns.firstIndex(of: $0.reference.layer) }
    guard !places.contains(nil) else { return given }
    return zip(sources, places.compactMap(\.self)).map { source, place in
      switch given[0] {
      case .texts(let table):
        let column = table.column(place)
        if source.takesStrings { return .texts(column) }
        // Whole numbers stay exact, as hashes of them need.
        let whole = column.texts.map { Int($0.filter { $0 != " " }) }
        if !whole.contains(nil) {
          return .integers(shape: column.shape, whole.compactMap(\.self))
        }
        return .numbers(
          Tensor(shape: column.shape, scalars: column.texts.map { Float($0) ?? .nan }))
      case .numbers(let table):
        return .numbers(
          Tensor(
            shape: [table.rowCount, 1],
            scalars: (0..<table.rowCount).map { table.scalars[$0 * table.rowLength + place] }))
      case .integers(let shape, let values):
        let width = max(1, shape[-1])
        return .integers(
          shape: [values.count / width, 1],
          stride(from: place, to: values.count, by: width).map { values[$0] })
      }
    }
  }

  /// Data as the graph takes it in.
  ///
  /// - Parameter sets: Arrays for every input, of training data and of validation data: where texts
  ///   decide how long rows are, the longest of all does.
  /// - Returns: The arrays of ``entries`` for each of them.
  /// - Throws: ``ShapeError`` for data that the layers cannot work on.
  package func entries(of sets: [[DataArray]]) throws -> [[Tensor]] {
    var results = try sets.map { try entries(of: $0) }
    for position in entries.indices {
      let longest =
        results.compactMap { set in
          let shape = set[position].numbers.shape
          return shape.rank > 1 ? shape[-1] : nil
        }.max() ?? 1
      for set in results.indices where steps.contains(where: { $0.result == entries[position] }) {
        if results[set][position].numbers.shape.rank > 1 {
          results[set][position] = results[set][position].padded(to: longest)
        }
      }
    }
    return results.map { $0.map(\.numbers) }
  }

  private func entries(of arrays: [DataArray]) throws -> [DataEntry] {
    guard arrays.count == sources.count else {
      throw ModelError.inputShape(
        input: sources.map(\.reference.layer).joined(separator: ", "),
        found: "\(arrays.count) arrays", expected: "\(sources.count) arrays")
    }
    var data: [TensorReference: DataArray] = [:]
    var found: [TensorReference: DataEntry] = [:]
    for (source, array) in zip(sources, arrays) {
      let fitted = try Self.fitted(array, to: source)
      data[source.reference] = fitted
      if case .numbers(let tensor) = fitted {
        found[source.reference] = DataEntry(numbers: tensor, filler: 0)
      } else if case .integers(let shape, let values) = fitted {
        found[source.reference] = DataEntry(
          numbers: Tensor(shape: shape, scalars: values.map(Float.init)), filler: 0)
      }
    }
    for step in steps {
      let entry = try step.layer.entry(step.inputs.compactMap { data[$0] })
      found[step.result] = entry
      if step.layer.givesPlaces { data[step.result] = entry.dataArray }
    }
    return try entries.map {
      guard let entry = found[$0] else {
        throw ModelError.inputShape(
          input: $0.layer, found: "strings", expected: "numbers")
      }
      return entry
    }
  }

  /// An array with an axis of extent 1 added or taken away where the input asks for that, as Keras
  /// does.
  private static func fitted(_ array: DataArray, to source: Source) throws -> DataArray {
    if source.takesStrings, case .texts = array {
    } else if source.takesStrings {
      throw ModelError.inputShape(
        input: source.reference.layer, found: "\(array.shape) of \(array.kind)",
        expected: "strings")
    }
    let row = array.shape.extents.dropFirst()
    guard let wanted = source.row else { return array }
    func fits(_ row: some Collection<Int>) -> Bool {
      row.count == wanted.count && zip(row, wanted).allSatisfy { $1 == nil || $0 == $1 }
    }
    if fits(row) { return array }
    if fits(row + [1]) { return array.reshaped(to: Shape([array.rowCount] + row + [1])) }
    if row.last == 1, fits(row.dropLast()) {
      return array.reshaped(to: Shape([array.rowCount] + row.dropLast()))
    }
    throw ModelError.inputShape(
      input: source.reference.layer, found: "\(array.shape)",
      expected: "rows of shape "
        + "(\(wanted.map { $0.map(String.init) ?? "None" }.joined(separator: ", ")))")
  }
}
