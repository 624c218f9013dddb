package import JSON

/// The mean of the hinge loss.
package struct HingeMetric: LossMetric {
  package static let className = "Hinge"
  package static let names = ["hinge"]
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = Hinge(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
