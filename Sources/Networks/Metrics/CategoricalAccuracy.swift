package import Graphs

/// How often the largest prediction stands where the largest target stands.
package struct CategoricalAccuracy: MeanMetric {
  package static let className = "CategoricalAccuracy"
  package static let isHigherBetter: Bool? = true

  package init(configuration: Configuration) {}

  package func values(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try matches(
      graph.argMax(target, axis: -1), graph.argMax(prediction.value, axis: -1),
      metric: Self.className, in: &graph)
  }
}
