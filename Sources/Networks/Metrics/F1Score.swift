import JSON

/// The harmonic mean of precision and recall, over classes as `average` says.
package struct F1Score: FScoreMetric {
  package static let className = "F1Score"
  package static let logName = "f1_score"
  package static let names = ["f1_score"]
  package let average: String?
  package let threshold: Double?
  package let beta = 1.0

  package init(configuration: Configuration) throws {
    (average, threshold) = try Self.read(configuration)
  }
}
