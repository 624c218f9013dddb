package import JSON

/// The mean of the categorical crossentropy.
package struct CategoricalCrossentropyMetric: LossMetric {
  package static let className = "CategoricalCrossentropy"
  package static let names = ["categorical_crossentropy"]
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = try CategoricalCrossentropy(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
