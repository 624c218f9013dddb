package import Graphs
package import JSON
import Tensors

/// −Σ alpha · (1 − p)^gamma · y · log p along an axis.
package struct CategoricalFocalCrossentropy: Loss {
  package static let className = "CategoricalFocalCrossentropy"
  package static let names = ["categorical_focal_crossentropy"]
  package let alpha: Double
  package let gamma: Double
  package let fromLogits: Bool
  package let labelSmoothing: Double
  package let axis: Int

  package init(configuration: Configuration) throws {
    alpha = try configuration.double("alpha", default: 0.25)
    gamma = try configuration.double("gamma", default: 2)
    fromLogits = try configuration.bool("from_logits", default: false)
    labelSmoothing = try configuration.double("label_smoothing", default: 0)
    axis = try configuration.int("axis", default: -1)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("alpha", alpha, default: 0.25)
    result.set("gamma", gamma, default: 2)
    result.set("from_logits", fromLogits, default: false)
    result.set("label_smoothing", labelSmoothing, default: 0)
    result.set("axis", axis, default: -1)
    return result
  }

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    let classes = Double(graph.shape(target)[-1])
    var y = target
    if labelSmoothing != 0 {
      y = graph.add(graph.scale(y, by: 1 - labelSmoothing), labelSmoothing / classes)
    }
    var p = prediction.value
    if fromLogits { p = graph.softmax(p, axes: [axis]) }
    p = graph.clip(graph.shares(p, axis: axis), Graph.epsilon, 1 - Graph.epsilon)
    let doubt = graph.binary(.power, graph.subtract(1, p), graph.constant(gamma))
    let crossentropy = graph.multiply(y, graph.unary(.logarithm, p))
    let losses = graph.scale(graph.multiply(doubt, crossentropy), by: -alpha)
    return graph.sum(losses, axes: [axis])
  }
}
