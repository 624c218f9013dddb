package import JSON

/// The mean of the categorical hinge loss.
package struct CategoricalHingeMetric: LossMetric {
  package static let className = "CategoricalHinge"
  package static let names = ["categorical_hinge"]
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = CategoricalHinge(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
