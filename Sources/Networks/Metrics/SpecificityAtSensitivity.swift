/// The best share of targets of 0 answered with no, of a threshold whose recall is large enough.
package struct SpecificityAtSensitivity: OperatingPointMetric {
  package static let className = "SpecificityAtSensitivity"
  package static let leastKey = "sensitivity"
  package let least: Double
  package let counting: ThresholdCounting

  package init(configuration: Configuration) throws {
    (least, counting) = try Self.read(configuration)
  }

  package func shares(_ counts: ThresholdCounts) -> (bound: [Double], reported: [Double]) {
    (counts.recall, counts.specificity)
  }
}
