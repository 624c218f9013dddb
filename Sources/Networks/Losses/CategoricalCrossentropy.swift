package import Graphs
package import JSON
import Tensors

/// −Σ y · log p along an axis, for one-hot targets.
package struct CategoricalCrossentropy: Loss {
  package static let className = "CategoricalCrossentropy"
  package static let names = ["categorical_crossentropy"]
  package let fromLogits: Bool
  package let labelSmoothing: Double
  package let axis: Int

  package init(configuration: Configuration) throws {
    fromLogits = try configuration.bool("from_logits", default: false)
    labelSmoothing = try configuration.double("label_smoothing", default: 0)
    axis = try configuration.int("axis", default: -1)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("from_logits", fromLogits, default: false)
    result.set("label_smoothing", labelSmoothing, default: 0)
    result.set("axis", axis, default: -1)
    return result
  }

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(
      target, prediction, in: graph,
      advice: "Targets must be one-hot rows; for class numbers use sparse_categorical_crossentropy."
    )
    let classes = Double(graph.shape(target)[-1])
    var y = target
    if labelSmoothing != 0 {
      y = graph.add(graph.scale(y, by: 1 - labelSmoothing), labelSmoothing / classes)
    }
    if prediction.numerics == .fused,
      let z = prediction.logits ?? (fromLogits ? prediction.value : nil)
    {
      return graph.fusedCrossentropy(y, logits: z, axis: axis)
    }
    let logarithm =
      fromLogits
      ? graph.logSoftmax(prediction.value, axis: axis)
      : graph.clippedLogarithm(graph.shares(prediction.value, axis: axis))
    return graph.unary(.negate, graph.sum(graph.multiply(y, logarithm), axes: [axis]))
  }
}
