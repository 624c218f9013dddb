package import Graphs

/// The mean of ŷ − y · log(ŷ + 1e-7) over the last axis.
package struct Poisson: Loss {
  package static let className = "Poisson"
  package static let names = ["poisson"]

  package init(configuration: Configuration) {}

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    let logarithm = graph.unary(.logarithm, graph.add(prediction.value, Graph.epsilon))
    let difference = graph.subtract(prediction.value, graph.multiply(target, logarithm))
    return lastAxisMean(difference, in: &graph)
  }
}
