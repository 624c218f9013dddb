package import Graphs

/// max(largest wrong − right + 1, 0) over the last axis.
package struct CategoricalHinge: Loss {
  package static let className = "CategoricalHinge"
  package static let names = ["categorical_hinge"]

  package init(configuration: Configuration) {}

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    let right = graph.sum(graph.multiply(target, prediction.value), axes: [-1])
    let others = graph.multiply(graph.subtract(1, target), prediction.value)
    let wrong = graph.maximum(others, axes: [-1])
    return graph.maximum(graph.add(graph.subtract(wrong, right), 1), 0)
  }
}
