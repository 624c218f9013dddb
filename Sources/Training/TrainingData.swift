package import Networks
public import Tensors

/// What a model is trained on: inputs, targets, and weights if samples differ in weight.
///
/// Arrays are tensors, or others that give rows, as those that stay in their files because memory would
/// not hold them.
public struct TrainingData: Sendable {
  /// The inputs of the model, rows first.
  public var inputs: [any RowSource]
  /// The targets, rows first: an array for each output of the model, or for each that has a loss.
  public var targets: [any RowSource]
  /// The weights of the samples: none if all are 1, one array for all targets, or one for each.
  /// An array has a number for each row, or for each step of a sequence `[rows, steps]`.
  public var sampleWeights: [any RowSource]

  /// Data.
  public init(
    inputs: [any RowSource], targets: [any RowSource], sampleWeights: [any RowSource] = []
  ) {
    self.inputs = inputs
    self.targets = targets
    self.sampleWeights = sampleWeights
  }

  /// How many rows there are.
  public var rowCount: Int { inputs.first?.rowCount ?? 0 }

  /// The inputs, then the targets, then the weights.
  package var arrays: [any RowSource] { inputs + targets + sampleWeights }

  /// The rows of a range; nothing is read or copied.
  public func rows(_ range: Range<Int>) -> TrainingData {
    TrainingData(
      inputs: inputs.map { $0.slice(range) }, targets: targets.map { $0.slice(range) },
      sampleWeights: sampleWeights.map { $0.slice(range) })
  }

  /// The data as a model takes it: an axis of extent 1 is added to or taken from rows as Keras
  /// does, `(n,)` to `(n, 1)`; one array of weights is repeated for every target.
  ///
  /// - Throws: ``TrainingError`` if arrays have different numbers of rows or none, or if there are
  ///   too many, `ModelError` if they do not fit the model's inputs.
  package func fitted(to model: Model, what: String) throws -> TrainingData {
    let counts = arrays.map(\.rowCount)
    guard Set(counts).count <= 1 else { throw TrainingError.rowCounts(found: counts) }
    guard rowCount > 0 else { throw TrainingError.noRows(what: what) }
    guard (1...max(1, model.outputs.count)).contains(targets.count) else {
      throw TrainingError.argument(
        name: "y", found: "\(targets.count) arrays",
        expected: model.outputs.count == 1
          ? "one" : "one for each of \(model.outputs.count) outputs")
    }
    guard [0, 1, targets.count].contains(sampleWeights.count) else {
      throw TrainingError.argument(
        name: "sample_weight", found: "\(sampleWeights.count) arrays",
        expected: "one, or one for each of \(targets.count) arrays of targets")
    }
    var result = self
    result.inputs = try inputs.fitted(to: model)
    if sampleWeights.count == 1 { result.sampleWeights = targets.map { _ in sampleWeights[0] } }
    return result
  }
}

extension [any RowSource] {
  /// The arrays as inputs of a model, with axes of extent 1 added or taken away as Keras does.
  func fitted(to model: Model) throws -> [any RowSource] {
    guard model.opaqueLayers.isEmpty else { throw ModelError.opaque(model.opaqueLayers) }
    guard count == model.inputs.count else {
      throw ModelError.inputShape(
        input: model.name, found: "\(count) arrays", expected: "\(model.inputs.count) arrays")
    }
    return try zip(self, model.inputRowShapes).enumerated().map { index, pair in
      let (array, wanted) = pair
      guard let wanted else { throw ModelError.unknownInputShape(model: model.name) }
      let row = array.rowShape.extents
      if row == wanted.extents { return array }
      if row == wanted.extents.dropLast(), wanted.extents.last == 1 {
        return array.withRows(of: wanted)
      }
      if row.dropLast() == wanted.extents[...], row.last == 1 {
        return array.withRows(of: wanted)
      }
      let batched = Shape([array.rowCount] + wanted.extents)
      let axis = zip(row, wanted.extents).enumerated().first { $1.0 != $1.1 }?.offset
      let place = axis.map { " (axis \($0 + 1): \(row[$0]) for \(wanted.extents[$0]))" } ?? ""
      throw ModelError.inputShape(
        input: model.inputs[index].layer, found: "\(array.shape)",
        expected: "\(batched)\(place)")
    }
  }
}
