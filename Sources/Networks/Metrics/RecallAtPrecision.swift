/// The best recall of a threshold whose precision is large enough.
package struct RecallAtPrecision: OperatingPointMetric {
  package static let className = "RecallAtPrecision"
  package static let leastKey = "precision"
  package let least: Double
  package let counting: ThresholdCounting

  package init(configuration: Configuration) throws {
    (least, counting) = try Self.read(configuration)
  }

  package func shares(_ counts: ThresholdCounts) -> (bound: [Double], reported: [Double]) {
    (counts.precision, counts.recall)
  }
}
