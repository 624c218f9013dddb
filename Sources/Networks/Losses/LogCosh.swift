package import Graphs

/// The mean of log(cosh(ŷ − y)) over the last axis, as e + softplus(−2e) − log 2.
package struct LogCosh: Loss {
  package static let className = "LogCosh"
  package static let names = ["log_cosh"]

  package init(configuration: Configuration) {}

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    let error = graph.subtract(prediction.value, target)
    let tail = graph.unary(.softplus, graph.scale(error, by: -2))
    let logarithm = graph.add(graph.add(error, tail), -0.6931471805599453)
    return lastAxisMean(logarithm, in: &graph)
  }
}
