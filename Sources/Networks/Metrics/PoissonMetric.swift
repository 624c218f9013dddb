package import JSON

/// The mean of the Poisson loss.
package struct PoissonMetric: LossMetric {
  package static let className = "Poisson"
  package static let names = ["poisson"]
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = Poisson(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
