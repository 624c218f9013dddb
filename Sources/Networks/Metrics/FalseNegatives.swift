package import Graphs
import JSON

/// How many targets of 1 have no prediction above the threshold.
package struct FalseNegatives: ConfusionMetric {
  package static let className = "FalseNegatives"
  package static let isHigherBetter: Bool? = false
  package let threshold: Double

  package init(configuration: Configuration) throws {
    threshold = try Self.threshold(configuration)
  }

  package func counts(
    truth: Value, answer: Value, in graph: inout Graph
  ) -> [Value] {
    [graph.multiply(truth, graph.not(answer))]
  }

  package func result(_ totals: [Double]) -> Double { totals[0] }
}
