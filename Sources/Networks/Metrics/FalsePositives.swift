import JSON

/// How many targets of 0 have a prediction above the threshold.
package struct FalsePositives: ConfusionMetric {
  package static let className = "FalsePositives"
  package static let isHigherBetter: Bool? = false
  package let counting: ThresholdCounting

  package init(configuration: Configuration) throws {
    counting = try ThresholdCounting(configuration)
  }

  package func values(_ counts: ThresholdCounts) -> [Double] { counts.falsePositives }
}
