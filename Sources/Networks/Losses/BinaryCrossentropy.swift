package import Graphs
package import JSON

/// −y · log p − (1 − y) · log(1 − p), the mean over the last axis.
///
/// From logits z: softplus(z) − y · z.
package struct BinaryCrossentropy: Loss {
  package static let className = "BinaryCrossentropy"
  package static let names = ["binary_crossentropy", "bce", "BCE"]
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
    try requireEqualShapes(target, prediction, in: graph)
    let y = smoothed(target, labelSmoothing, in: &graph)
    let losses = graph.binaryCrossentropy(y, prediction, fromLogits: fromLogits)
    return graph.mean(losses, axes: [axis])
  }
}
