package import JSON

/// The mean of 100 · |ŷ − y| / |y|.
package struct MeanAbsolutePercentageErrorMetric: LossMetric {
  package static let className = "MeanAbsolutePercentageError"
  package static let names = ["mean_absolute_percentage_error", "mape", "MAPE"]
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = MeanAbsolutePercentageError(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
