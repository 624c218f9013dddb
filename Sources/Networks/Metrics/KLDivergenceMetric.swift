package import JSON

/// The mean of the Kullback-Leibler divergence.
package struct KLDivergenceMetric: LossMetric {
  package static let className = "KLDivergence"
  package static let names = ["kl_divergence"]
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = KLDivergence(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
