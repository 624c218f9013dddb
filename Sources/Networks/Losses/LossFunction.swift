public import Graphs
public import JSON
package import Tensors

/// A loss as `compile` takes it: which, and how its values become one number.
public struct LossFunction: Sendable {
  /// How the values of all samples become one number.
  public enum Reduction: String, Hashable, Sendable, CaseIterable {
    /// The weighted sum over the number of values, weights or no.
    case sumOverBatchSize = "sum_over_batch_size"
    /// The same under another name.
    case mean
    /// The weighted sum over the sum of the weights.
    case meanWithSampleWeight = "mean_with_sample_weight"
    /// The weighted sum.
    case sum
    /// Each value by itself. TensorFlow logs their mean and follows the gradient of their sum; on other
    /// backends such a run stops with an error.
    case none
  }

  /// Which loss; `nil` for `crossentropy`, which the shapes decide.
  let fixed: (any Loss)?
  /// How its values become one number.
  public let reduction: Reduction
  /// The loss as it stands in the file.
  public let original: JSONValue

  /// Whether targets are numbers of classes, each of which has an output unit.
  package var takesClassNumbers: Bool { fixed is SparseCategoricalCrossentropy }

  /// The class whose samples count for nothing.
  package var ignoredClass: Int? { (fixed as? SparseCategoricalCrossentropy)?.ignoredClass }

  /// Reads a loss: a name, an object, or a list of which Keras uses the first for a single output.
  ///
  /// - Throws: ``ConfigurationError`` for unknown losses and wrong arguments.
  public init(configuration: JSONValue) throws {
    var json = configuration
    if let first = configuration.array?.first { json = first }
    if json["class_name"] == nil, let first = json.object?.members.first { json = first.value }
    original = json
    let reference = try ObjectReference(json, kind: "loss")
    let isNone = reference.configuration.values["reduction"]?.isNull ?? false
    let name =
      isNone
      ? Reduction.none.rawValue
      : try reference.configuration.string("reduction", default: "sum_over_batch_size")
    // Keras 2 wrote "auto" for what it did unless told otherwise (`losses_utils.ReductionV2.AUTO`).
    let isStandard = name == "auto"
    guard let reduction = isStandard ? .sumOverBatchSize : Reduction(rawValue: name) else {
      throw reference.configuration.error(
        "reduction", found: .string(name),
        expected: Reduction.allCases.map(\.rawValue).joined(separator: ", "))
    }
    self.reduction = reduction
    let isResolvedByShapes = reference.isString && ["crossentropy", "ce"].contains(reference.name)
    fixed = isResolvedByShapes ? nil : try LossCatalogue.loss(reference)
  }

  /// The loss for targets and predictions of given shapes.
  public func loss(target: Value, prediction: Value, in graph: Graph) throws -> any Loss {
    if let fixed { return fixed }
    let none = Configuration(subject: "crossentropy")
    switch LabelKind(target: graph.shape(target), prediction: graph.shape(prediction)) {
    case .binary: return try BinaryCrossentropy(configuration: none)
    case .sparse: return try SparseCategoricalCrossentropy(configuration: none)
    case .oneHot: return try CategoricalCrossentropy(configuration: none)
    }
  }

  /// Builds the loss of a batch, a scalar.
  ///
  /// - Parameter weights: One weight for each row or each step, or `nil`.
  /// - Throws: ``ShapeError`` if targets and predictions do not fit.
  public func batchLoss(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> Value {
    let loss = try loss(target: target, prediction: prediction.value, in: graph)
    let aligned = alignRanks(target: target, prediction: prediction, in: &graph)
    var values = try loss.perSample(
      target: aligned.target, prediction: aligned.prediction, in: &graph)
    let weights = try maskedWeights(
      weights,
      masks: [
        prediction.mask,
        try loss.mask(target: aligned.target, prediction: aligned.prediction, in: &graph),
      ], in: &graph)
    if let weights {
      // A loss of the whole batch at once is weighted by every row.
      let shape = graph.shape(values).rank == 0 ? Shape([1]) : graph.shape(values)
      values = graph.multiply(
        graph.reshape(values, to: shape),
        try graph.alignedWeights(weights, to: shape, subject: "loss \(className)"))
      if reduction == .meanWithSampleWeight {
        return graph.divide(graph.sum(values), graph.sum(weights))
      }
    }
    let total = graph.sum(values)
    let divisor = reduction == .sum ? 1 : Double(graph.shape(values).count)
    let mean = divisor == 1 ? total : graph.scale(total, by: 1 / divisor)
    guard reduction == .none else { return mean }
    // The value is the mean, the slope that of the sum.
    let rest = graph.subtract(total, mean)
    return graph.add(mean, graph.subtract(rest, graph.stopGradient(rest)))
  }

  /// The weights of the losses: those of the samples, 0 where a mask says that a step does not count.
  /// In a mean the steps that count stand for the others too.
  private func maskedWeights(
    _ weights: Value?, masks: [Value?], in graph: inout Graph
  ) throws -> Value? {
    var result = weights
    for case let mask? in masks {
      let shape = graph.shape(mask)
      var factor = mask
      if reduction == .sumOverBatchSize || reduction == .mean {
        let valid = graph.maximum(graph.sum(mask), 1)
        factor = graph.multiply(mask, graph.divide(graph.constant(Double(shape.count)), valid))
      }
      result =
        try result.map {
          let own = try graph.alignedWeights($0, to: shape, subject: "loss \(className)")
          return graph.multiply(own, factor)
        } ?? factor
    }
    return result
  }

  /// The loss as Keras loads it, without what is Keras' default.
  public var configuration: JSONValue {
    guard let fixed, original.string == nil else { return original }
    var config = fixed.configuration
    config.set("reduction", reduction.rawValue, default: "sum_over_batch_size")
    return [
      "module": "keras.losses", "class_name": .string(type(of: fixed).className),
      "config": .object(config), "registered_name": nil,
    ]
  }

  /// Keras' class of the loss, `crossentropy` if the shapes decide.
  public var className: String { fixed.map { type(of: $0).className } ?? "crossentropy" }
}

/// What kind of labels the shapes of targets and predictions speak of, by Keras' rule.
package enum LabelKind: Hashable, Sendable {
  case binary, sparse, oneHot

  /// The kind for two shapes.
  package init(target: Shape, prediction: Shape) {
    if prediction.extents.last == 1 {
      self = .binary
    } else if target.rank < prediction.rank || target.extents.last == 1 {
      self = .sparse
    } else {
      self = .oneHot
    }
  }
}
