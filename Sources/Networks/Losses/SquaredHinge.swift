package import Graphs

/// The mean of max(1 − y · ŷ, 0)² over the last axis; labels 0 and 1 become −1 and 1.
package struct SquaredHinge: Loss {
  package static let className = "SquaredHinge"
  package static let names = ["squared_hinge"]

  package init(configuration: Configuration) {}

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    let margin = graph.subtract(1, graph.multiply(signs(target, in: &graph), prediction.value))
    return lastAxisMean(graph.unary(.square, graph.maximum(margin, 0)), in: &graph)
  }
}
