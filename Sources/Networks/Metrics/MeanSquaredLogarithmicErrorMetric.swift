package import JSON

/// The mean of (log(ŷ + 1) − log(y + 1))².
package struct MeanSquaredLogarithmicErrorMetric: LossMetric {
  package static let className = "MeanSquaredLogarithmicError"
  package static let names = ["mean_squared_logarithmic_error", "msle", "MSLE"]
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = MeanSquaredLogarithmicError(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
