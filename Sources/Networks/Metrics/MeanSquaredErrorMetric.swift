package import JSON

/// The mean of (ŷ − y)².
package struct MeanSquaredErrorMetric: LossMetric {
  package static let className = "MeanSquaredError"
  package static let names = ["mean_squared_error", "mse", "MSE"]
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = MeanSquaredError(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
