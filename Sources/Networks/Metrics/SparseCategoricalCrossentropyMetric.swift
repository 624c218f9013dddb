package import JSON

/// The mean of the sparse categorical crossentropy.
package struct SparseCategoricalCrossentropyMetric: LossMetric {
  package static let className = "SparseCategoricalCrossentropy"
  package static let names = ["sparse_categorical_crossentropy"]
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = try SparseCategoricalCrossentropy(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
