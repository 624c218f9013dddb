package import Graphs
import JSON

/// How many targets of 1 have a prediction above the threshold.
package struct TruePositives: ConfusionMetric {
  package static let className = "TruePositives"
  package static let isHigherBetter: Bool? = true
  package let threshold: Double

  package init(configuration: Configuration) throws {
    threshold = try Self.threshold(configuration)
  }

  package func counts(
    truth: Value, answer: Value, in graph: inout Graph
  ) -> [Value] {
    [graph.multiply(truth, answer)]
  }

  package func result(_ totals: [Double]) -> Double { totals[0] }
}
