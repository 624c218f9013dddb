package import Graphs

/// The mean of (log(ŷ + 1) − log(y + 1))² over the last axis; both are at least 1e-7.
package struct MeanSquaredLogarithmicError: Loss {
  package static let className = "MeanSquaredLogarithmicError"
  package static let names = ["mean_squared_logarithmic_error", "msle", "MSLE"]

  package init(configuration: Configuration) {}

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    func logarithm(_ value: Value) -> Value {
      graph.unary(.logarithm, graph.add(graph.maximum(value, Graph.epsilon), 1))
    }
    let error = graph.subtract(logarithm(prediction.value), logarithm(target))
    return lastAxisMean(graph.unary(.square, error), in: &graph)
  }
}
