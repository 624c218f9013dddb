package import Graphs
import JSON
package import Tensors

/// A layer that works on data as it stands in files, strings above all, before there is a graph.
///
/// It has two halves. The first turns every row of data into numbers once, before training: the
/// places of words. The second builds graph as every layer does: vectors from places, of which a
/// batch alone has to be in memory. Such a layer can only be called with inputs of the model, or
/// with what other layers of the kind made of them.
package protocol DataLayer: Layer {
  /// Whether its inputs are strings always.
  static var takesStringsOnly: Bool { get }
  /// The rows that the graph takes in, `nil` for an extent that the data decides.
  ///
  /// - Parameter rows: The rows of the inputs.
  /// - Throws: ``ShapeError`` for rows that the layer cannot work on.
  func entryRow(_ rows: [[Int?]]) throws -> [Int?]
  /// What the graph takes in, for all rows of data.
  ///
  /// - Throws: ``ShapeError`` for data that the layer cannot work on.
  func entry(_ inputs: [DataArray]) throws -> DataEntry
  /// Builds what the layer computes of that.
  func call(entry: Value, scope: inout LayerScope) throws -> Value
  /// Whether what the graph takes in is the layer's result.
  var givesPlaces: Bool { get }
}

extension DataLayer {
  package static var takesStringsOnly: Bool { false }

  /// Refuses: what is computed is no data any more.
  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    throw ShapeError(
      subject: Self.className,
      found: "input of shape \(inputs.first.map { scope.graph.shape($0).description } ?? "()")"
        + " that another layer computes",
      expected: "strings or whole numbers as they stand in the data, in rows of its own input")
  }

  /// The strings of an input.
  package func texts(_ input: DataArray) throws -> TextArray {
    if case .texts(let texts) = input { return texts }
    throw ShapeError(
      subject: Self.className, found: "\(input.kind) of shape \(input.shape)",
      expected: "strings", advice: "Give the texts themselves, as an array of NumPy's type str.")
  }
}

/// What a graph takes in of the data that a ``DataLayer`` works on.
package struct DataEntry: Hashable, Sendable {
  /// The numbers, rows first.
  package var numbers: Tensor
  /// What stands behind the end of rows that are shorter than others.
  package var filler: Float

  /// The places of words, which are whole numbers, as data for a next layer.
  package var dataArray: DataArray {
    .integers(shape: numbers.shape, numbers.scalars.map { Int($0) })
  }

  /// The same with a longer last axis.
  package func padded(to extent: Int) -> DataEntry {
    let old = numbers.shape[-1]
    guard extent > old else { return self }
    var scalars: [Float] = []
    scalars.reserveCapacity(numbers.scalars.count / max(1, old) * extent)
    let rows = numbers.shape.extents.dropLast().reduce(1, *)
    for row in 0..<rows {
      scalars += numbers.scalars[row * old..<(row + 1) * old]
      scalars += repeatElement(filler, count: extent - old)
    }
    let shape = Shape(numbers.shape.extents.dropLast() + [extent])
    return DataEntry(numbers: Tensor(shape: shape, scalars: scalars), filler: filler)
  }
}
