package import Graphs
package import JSON

/// Binary crossentropy weighted by (1 − pₜ)^gamma, with pₜ the probability of the right answer.
package struct BinaryFocalCrossentropy: Loss {
  package static let className = "BinaryFocalCrossentropy"
  package static let names = ["binary_focal_crossentropy"]
  package let balances: Bool
  package let alpha: Double
  package let gamma: Double
  package let fromLogits: Bool
  package let labelSmoothing: Double
  package let axis: Int

  package init(configuration: Configuration) throws {
    balances = try configuration.bool("apply_class_balancing", default: false)
    alpha = try configuration.double("alpha", default: 0.25)
    gamma = try configuration.double("gamma", default: 2)
    fromLogits = try configuration.bool("from_logits", default: false)
    labelSmoothing = try configuration.double("label_smoothing", default: 0)
    axis = try configuration.int("axis", default: -1)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("apply_class_balancing", balances, default: false)
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
    let y = smoothed(target, labelSmoothing, in: &graph)
    var probability = prediction
    if fromLogits {
      probability = Prediction(
        value: graph.unary(.sigmoid, prediction.value), logits: prediction.value,
        numerics: prediction.numerics)
    }
    let p = probability.value
    let crossentropy = graph.binaryCrossentropy(y, probability, fromLogits: false)
    let hit = graph.multiply(y, p)
    let miss = graph.multiply(graph.subtract(1, y), graph.subtract(1, p))
    let doubt = graph.subtract(1, graph.add(hit, miss))
    var losses = graph.multiply(
      graph.binary(.power, doubt, graph.constant(gamma)), crossentropy)
    if balances {
      let weight = graph.add(graph.scale(y, by: 2 * alpha - 1), 1 - alpha)
      losses = graph.multiply(weight, losses)
    }
    return graph.mean(losses, axes: [axis])
  }
}
