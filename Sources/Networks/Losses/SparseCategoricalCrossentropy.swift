package import Graphs
package import JSON
import Tensors

/// −log p of the class whose number is the target. A number that is no class has loss 0, as on JAX;
/// TensorFlow refuses it.
package struct SparseCategoricalCrossentropy: Loss {
  package static let className = "SparseCategoricalCrossentropy"
  package let fromLogits: Bool
  /// Samples of this class count for nothing.
  package let ignoredClass: Int?

  package init(configuration: Configuration) throws {
    fromLogits = try configuration.bool("from_logits", default: false)
    ignoredClass = try configuration.value("ignore_class").map { _ in
      try configuration.int("ignore_class")
    }
    let axis = try configuration.int("axis", default: -1)
    guard axis == -1 else {
      throw configuration.error("axis", found: .int(axis), expected: "-1, the last axis")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("from_logits", fromLogits, default: false)
    if let ignoredClass { result["ignore_class"] = .int(ignoredClass) }
    return result
  }

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    let labels = try labels(target, prediction, in: &graph)
    let p = prediction.value
    let classes = graph.shape(p)[-1]
    let logarithm: Value
    switch prediction.numerics {
    case .fused:
      // TensorFlow takes the logarithm of clipped probabilities for logits, and so brings their
      // sum to 1 only after clipping.
      let z = prediction.logits ?? (fromLogits ? p : graph.clippedLogarithm(p))
      logarithm = graph.logSoftmax(z, axis: -1)
    case .clipped:
      logarithm =
        fromLogits
        ? graph.logSoftmax(p, axis: -1) : graph.clippedLogarithm(graph.shares(p, axis: -1))
    }
    var truth = graph.oneHot(labels, classes: classes)
    if let mask = try mask(target: target, prediction: prediction, in: &graph) {
      truth = graph.multiply(
        truth,
        graph.aligned(mask, axes: Array(0..<graph.shape(mask).rank), rank: graph.shape(truth).rank))
    }
    let right = graph.multiply(truth, logarithm)
    return graph.unary(.negate, graph.sum(right, axes: [-1]))
  }

  package func mask(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value? {
    guard let ignoredClass else { return nil }
    let labels = try labels(target, prediction, in: &graph)
    return graph.not(graph.binary(.equal, labels, graph.constant(Double(ignoredClass))))
  }

  /// The class numbers, without a last axis of extent 1.
  private func labels(
    _ target: Value, _ prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    let (found, predicted) = (graph.shape(target), graph.shape(prediction.value))
    var labels = target
    if found.rank == predicted.rank, found.extents.last == 1 {
      labels = graph.reshape(target, to: Shape(Array(found.extents.dropLast())))
    }
    guard graph.shape(labels).extents == Array(predicted.extents.dropLast()) else {
      throw ShapeError(
        subject: "loss SparseCategoricalCrossentropy",
        found: "targets of shape \(found) for predictions of shape \(predicted)",
        expected: "targets of shape \(Shape(Array(predicted.extents.dropLast()))), class numbers",
        advice: found == predicted
          ? "For one-hot targets use categorical_crossentropy." : "")
    }
    return labels
  }
}
