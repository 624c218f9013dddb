package import Graphs

/// The mean of |ŷ − y| over the last axis.
package struct MeanAbsoluteError: Loss {
  package static let className = "MeanAbsoluteError"
  package static let names = ["mean_absolute_error", "mae", "MAE"]

  package init(configuration: Configuration) {}

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    let error = graph.subtract(prediction.value, target)
    return lastAxisMean(graph.unary(.absolute, error), in: &graph)
  }
}
