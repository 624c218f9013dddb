import JSON

/// The weighted harmonic mean of precision and recall: (1 + β²) · P · R / (β² · P + R).
package struct FBetaScore: FScoreMetric {
  package static let className = "FBetaScore"
  package static let logName = "fbeta_score"
  package static let names = ["f_beta_score"]
  package let average: String?
  package let threshold: Double?
  package let beta: Double

  package init(configuration: Configuration) throws {
    (average, threshold) = try Self.read(configuration)
    beta = try configuration.double("beta", default: 1)
    guard beta > 0 else {
      throw configuration.error("beta", found: .double(beta), expected: "a positive number")
    }
  }
}
