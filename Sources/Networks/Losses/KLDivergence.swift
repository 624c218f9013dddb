package import Graphs

/// The sum of y · log(y / ŷ) over the last axis, both clipped to [1e-7, 1].
package struct KLDivergence: Loss {
  package static let className = "KLDivergence"
  package static let names = ["kl_divergence", "kld", "KLD"]

  package init(configuration: Configuration) {}

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    let y = graph.clip(target, Graph.epsilon, 1)
    let ratio = graph.divide(y, graph.clip(prediction.value, Graph.epsilon, 1))
    return graph.sum(graph.multiply(y, graph.unary(.logarithm, ratio)), axes: [-1])
  }
}
