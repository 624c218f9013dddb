package import JSON

/// The mean of |ŷ − y|.
package struct MeanAbsoluteErrorMetric: LossMetric {
  package static let className = "MeanAbsoluteError"
  package static let names = ["mean_absolute_error", "mae", "MAE"]
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = MeanAbsoluteError(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
