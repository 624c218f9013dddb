package import Graphs
package import JSON

/// 1 − TP / (TP + α · FP + β · FN) with soft counts over `axis`; without one, over the whole batch.
///
/// Salehi et al. 2017. As in Keras, what `alpha` weighs are the targets that the prediction misses.
package struct Tversky: Loss {
  package static let className = "Tversky"
  package static let names = ["tversky"]
  package let alpha: Double
  package let beta: Double
  package let axes: [Int]?

  package init(configuration: Configuration) throws {
    alpha = try configuration.double("alpha", default: 0.5)
    beta = try configuration.double("beta", default: 0.5)
    axes = try configuration.ints("axis")
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("alpha", alpha, default: 0.5)
    result.set("beta", beta, default: 0.5)
    if let axes { result["axis"] = .array(axes.map { .int($0) }) }
    return result
  }

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    try requireAxes(axes, of: target, in: graph)
    let p = prediction.value
    let common = graph.sum(graph.multiply(target, p), axes: axes)
    let missed = graph.sum(graph.multiply(graph.subtract(1, p), target), axes: axes)
    let wrong = graph.sum(graph.multiply(p, graph.subtract(1, target)), axes: axes)
    let errors = graph.add(graph.scale(missed, by: alpha), graph.scale(wrong, by: beta))
    return graph.subtract(
      1, graph.divide(common, graph.add(graph.add(common, errors), Graph.epsilon)))
  }
}
