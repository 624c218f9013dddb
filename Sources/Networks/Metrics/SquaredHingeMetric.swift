package import JSON

/// The mean of the squared hinge loss.
package struct SquaredHingeMetric: LossMetric {
  package static let className = "SquaredHinge"
  package static let names = ["squared_hinge"]
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = SquaredHinge(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
