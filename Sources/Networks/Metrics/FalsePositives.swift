package import Graphs
import JSON

/// How many targets of 0 have a prediction above the threshold.
package struct FalsePositives: ConfusionMetric {
  package static let className = "FalsePositives"
  package static let isHigherBetter: Bool? = false
  package let threshold: Double

  package init(configuration: Configuration) throws {
    threshold = try Self.threshold(configuration)
  }

  package func counts(
    truth: Value, answer: Value, in graph: inout Graph
  ) -> [Value] {
    [graph.multiply(graph.not(truth), answer)]
  }

  package func result(_ totals: [Double]) -> Double { totals[0] }
}
