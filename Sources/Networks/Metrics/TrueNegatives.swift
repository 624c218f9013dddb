package import Graphs
import JSON

/// How many targets of 0 have no prediction above the threshold.
package struct TrueNegatives: ConfusionMetric {
  package static let className = "TrueNegatives"
  package static let isHigherBetter: Bool? = true
  package let threshold: Double

  package init(configuration: Configuration) throws {
    threshold = try Self.threshold(configuration)
  }

  package func counts(
    truth: Value, answer: Value, in graph: inout Graph
  ) -> [Value] {
    [graph.multiply(graph.not(truth), graph.not(answer))]
  }

  package func result(_ totals: [Double]) -> Double { totals[0] }
}
