import JSON

/// Of the targets that are 1, the share with a prediction above the threshold.
package struct Recall: ConfusionMetric {
  package static let className = "Recall"
  package static let isHigherBetter: Bool? = true
  package let counting: ThresholdCounting

  package init(configuration: Configuration) throws {
    counting = try ThresholdCounting(configuration)
  }

  package func values(_ counts: ThresholdCounts) -> [Double] { counts.recall }
}
