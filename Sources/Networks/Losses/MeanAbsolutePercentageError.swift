package import Graphs

/// The mean of 100 · |ŷ − y| / max(|y|, 1e-7) over the last axis.
package struct MeanAbsolutePercentageError: Loss {
  package static let className = "MeanAbsolutePercentageError"
  package static let names = ["mean_absolute_percentage_error", "mape", "MAPE"]

  package init(configuration: Configuration) {}

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    let size = graph.maximum(graph.unary(.absolute, target), Graph.epsilon)
    let error = graph.divide(graph.subtract(target, prediction.value), size)
    let mean = lastAxisMean(graph.unary(.absolute, error), in: &graph)
    return graph.scale(mean, by: 100)
  }
}
