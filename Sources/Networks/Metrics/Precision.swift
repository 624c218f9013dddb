package import Graphs
import JSON

/// Of the predictions above the threshold, the share that is right.
package struct Precision: ConfusionMetric {
  package static let className = "Precision"
  package static let isHigherBetter: Bool? = true
  package let threshold: Double

  package init(configuration: Configuration) throws {
    threshold = try Self.threshold(configuration)
  }

  package func counts(
    truth: Value, answer: Value, in graph: inout Graph
  ) -> [Value] {
    [graph.multiply(truth, answer), answer]
  }

  package func result(_ totals: [Double]) -> Double { totals[1] == 0 ? 0 : totals[0] / totals[1] }
}
