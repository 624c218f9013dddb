package import JSON

/// The mean of log(cosh(ŷ − y)).
package struct LogCoshErrorMetric: LossMetric {
  package static let className = "LogCoshError"
  package static let names = ["log_cosh_error", "log_cosh"]
  package static let logName = "logcosh"
  package let loss: any Loss

  package init(configuration: Configuration) throws {
    loss = LogCosh(configuration: configuration)
  }

  package var configuration: JSONObject { loss.configuration }
}
