package import Graphs
import JSON

/// Of the targets that are 1, the share with a prediction above the threshold.
package struct Recall: ConfusionMetric {
  package static let className = "Recall"
  package static let isHigherBetter: Bool? = true
  package let threshold: Double

  package init(configuration: Configuration) throws {
    threshold = try Self.threshold(configuration)
  }

  package func counts(
    truth: Value, answer: Value, in graph: inout Graph
  ) -> [Value] {
    [graph.multiply(truth, answer), truth]
  }

  package func result(_ totals: [Double]) -> Double { totals[1] == 0 ? 0 : totals[0] / totals[1] }
}
