import JSON

/// How many targets of 1 have no prediction above the threshold.
package struct FalseNegatives: ConfusionMetric {
  package static let className = "FalseNegatives"
  package static let isHigherBetter: Bool? = false
  package let counting: ThresholdCounting

  package init(configuration: Configuration) throws {
    counting = try ThresholdCounting(configuration)
  }

  package func values(_ counts: ThresholdCounts) -> [Double] { counts.falseNegatives }
}
