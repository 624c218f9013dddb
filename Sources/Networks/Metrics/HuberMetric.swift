package import JSON

/// The mean of the Huber loss, by its function name.
package struct HuberMetric: LossMetric {
  package static let className = "huber"
  package static let names = ["huber"]
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = try Huber(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
