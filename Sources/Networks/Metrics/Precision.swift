import JSON

/// Of the predictions above the threshold, the share that is right.
package struct Precision: ConfusionMetric {
  package static let className = "Precision"
  package static let isHigherBetter: Bool? = true
  package let counting: ThresholdCounting

  package init(configuration: Configuration) throws {
    counting = try ThresholdCounting(configuration)
  }

  package func values(_ counts: ThresholdCounts) -> [Double] { counts.precision }
}
