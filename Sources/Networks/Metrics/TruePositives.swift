import JSON

/// How many targets of 1 have a prediction above the threshold.
package struct TruePositives: ConfusionMetric {
  package static let className = "TruePositives"
  package static let isHigherBetter: Bool? = true
  package let counting: ThresholdCounting

  package init(configuration: Configuration) throws {
    counting = try ThresholdCounting(configuration)
  }

  package func values(_ counts: ThresholdCounts) -> [Double] { counts.truePositives }
}
