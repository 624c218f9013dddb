package import JSON

/// The mean of the binary crossentropy.
package struct BinaryCrossentropyMetric: LossMetric {
  package static let className = "BinaryCrossentropy"
  package static let names = ["binary_crossentropy", "bce", "BCE"]
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = try BinaryCrossentropy(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
