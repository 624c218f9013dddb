import JSON

/// How many targets of 0 have no prediction above the threshold.
package struct TrueNegatives: ConfusionMetric {
  package static let className = "TrueNegatives"
  package static let isHigherBetter: Bool? = true
  package let counting: ThresholdCounting

  package init(configuration: Configuration) throws {
    counting = try ThresholdCounting(configuration)
  }

  package func values(_ counts: ThresholdCounts) -> [Double] { counts.trueNegatives }
}
