/// The best recall of a threshold that answers enough of the targets of 0 with no.
package struct SensitivityAtSpecificity: OperatingPointMetric {
  package static let className = "SensitivityAtSpecificity"
  package static let leastKey = "specificity"
  package let least: Double
  package let counting: ThresholdCounting

  package init(configuration: Configuration) throws {
    (least, counting) = try Self.read(configuration)
  }

  package func shares(_ counts: ThresholdCounts) -> (bound: [Double], reported: [Double]) {
    (counts.specificity, counts.recall)
  }
}
