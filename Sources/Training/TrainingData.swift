package import Networks
public import Tensors

/// What a model is trained on: inputs, targets, and a weight for each row if rows differ in weight.
public struct TrainingData: Hashable, Sendable {
  /// The inputs of the model, rows first.
  public var inputs: [Tensor]
  /// The targets, rows first; one array for a model with one output.
  public var targets: [Tensor]
  /// One weight for each row; `nil` if all are 1.
  public var sampleWeights: [Float]?

  /// Data.
  public init(inputs: [Tensor], targets: [Tensor], sampleWeights: [Float]? = nil) {
    self.inputs = inputs
    self.targets = targets
    self.sampleWeights = sampleWeights
  }

  /// How many rows there are.
  public var rowCount: Int { inputs.first?.rowCount ?? 0 }

  /// The rows of a range.
  public func rows(_ range: Range<Int>) -> TrainingData {
    TrainingData(
      inputs: inputs.map { $0.rows(range) }, targets: targets.map { $0.rows(range) },
      sampleWeights: sampleWeights.map { Array($0[range]) })
  }

  /// The data as a model takes it: an axis of extent 1 is added to or taken from rows as Keras
  /// does, `(n,)` to `(n, 1)`.
  ///
  /// - Throws: ``TrainingError`` if arrays have different numbers of rows or none, `ModelError` if
  ///   they do not fit the model's inputs.
  package func fitted(to model: Model, what: String) throws -> TrainingData {
    let counts = (inputs + targets).map(\.rowCount) + (sampleWeights.map { [$0.count] } ?? [])
    guard Set(counts).count <= 1 else { throw TrainingError.rowCounts(found: counts) }
    guard rowCount > 0 else { throw TrainingError.noRows(what: what) }
    guard targets.count == 1 else {
      throw TrainingError.argument(
        name: "y", found: "\(targets.count) arrays", expected: "one")
    }
    var result = self
    result.inputs = try inputs.fitted(to: model)
    return result
  }
}

extension [Tensor] {
  /// The arrays as inputs of a model, with axes of extent 1 added or taken away as Keras does.
  func fitted(to model: Model) throws -> [Tensor] {
    guard model.opaqueLayers.isEmpty else { throw ModelError.opaque(model.opaqueLayers) }
    guard count == model.inputs.count else {
      throw ModelError.inputShape(
        input: model.name, found: "\(count) arrays", expected: "\(model.inputs.count) arrays")
    }
    return try zip(self, model.inputRowShapes).enumerated().map { index, pair in
      let (tensor, wanted) = pair
      guard let wanted else { throw ModelError.unknownInputShape(model: model.name) }
      let row = Array<Int>(tensor.shape.extents.dropFirst())
      if row == wanted.extents { return tensor }
      let batched = Shape([tensor.rowCount] + wanted.extents)
      if row == wanted.extents.dropLast(), wanted.extents.last == 1 {
        return tensor.reshaped(to: batched)
      }
      if row.dropLast() == wanted.extents[...], row.last == 1 {
        return tensor.reshaped(to: batched)
      }
      let axis = zip(row, wanted.extents).enumerated().first { $1.0 != $1.1 }?.offset
      let place = axis.map { " (axis \($0 + 1): \(row[$0]) for \(wanted.extents[$0]))" } ?? ""
      throw ModelError.inputShape(
        input: model.inputs[index].layer, found: "\(tensor.shape)",
        expected: "\(batched)\(place)")
    }
  }
}
