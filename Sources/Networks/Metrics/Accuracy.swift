package import Graphs

/// How often predictions equal targets exactly.
package struct Accuracy: MeanMetric {
  package static let className = "Accuracy"
  package static let isHigherBetter: Bool? = true

  package init(configuration: Configuration) {}

  package func values(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    let (target, prediction) = alignRanks(target: target, prediction: prediction, in: &graph)
    return try matches(target, prediction.value, metric: Self.className, in: &graph)
  }
}
