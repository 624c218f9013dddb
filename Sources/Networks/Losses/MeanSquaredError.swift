package import Graphs

/// The mean of (ŷ − y)² over the last axis.
package struct MeanSquaredError: Loss {
  package static let className = "MeanSquaredError"
  package static let names = ["mean_squared_error", "mse", "MSE"]

  package init(configuration: Configuration) {}

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    let error = graph.subtract(prediction.value, target)
    return lastAxisMean(graph.unary(.square, error), in: &graph)
  }
}
