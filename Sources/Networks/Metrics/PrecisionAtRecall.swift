/// The best precision of a threshold whose recall is large enough.
package struct PrecisionAtRecall: OperatingPointMetric {
  package static let className = "PrecisionAtRecall"
  package static let leastKey = "recall"
  package let least: Double
  package let counting: ThresholdCounting

  package init(configuration: Configuration) throws {
    (least, counting) = try Self.read(configuration)
  }

  package func shares(_ counts: ThresholdCounts) -> (bound: [Double], reported: [Double]) {
    (counts.recall, counts.precision)
  }
}
