import JSON
package import Networks

/// The number that a callback watches, and what counts as better.
package struct Monitor: Hashable, Sendable {
  /// The name of the number.
  package let name: String
  /// How much better is better.
  package let minimumChange: Double
  private let mode: String
  private var isHigherBetter: Bool?

  /// A number to watch.
  package init(_ name: String, mode: String, minimumChange: Double) {
    self.name = name
    self.mode = mode
    self.minimumChange = abs(minimumChange)
  }

  /// Reads `monitor`, `mode` and `min_delta`.
  package init(_ configuration: Configuration, minimumChange: Double) throws {
    self.init(
      try configuration.string("monitor", default: "val_loss"),
      mode: try configuration.string("mode", default: "auto"),
      minimumChange: try configuration.double("min_delta", default: minimumChange))
  }

  /// Writes what is not Keras' default.
  func write(into result: inout JSONObject, minimumChange standard: Double) {
    result.set("monitor", name, default: "val_loss")
    result.set("mode", mode, default: "auto")
    result.set("min_delta", minimumChange, default: standard)
  }

  /// Finds out which direction is better.
  ///
  /// - Throws: ``TrainingError/monitor(callback:name:known:)`` if nobody knows.
  mutating func resolve(_ callback: String, _ control: FitControl) throws {
    let metric = name.hasPrefix("val_") ? String(name.dropFirst(4)) : name
    switch mode {
    case "min": isHigherBetter = false
    case "max": isHigherBetter = true
    default:
      guard metric != "loss" else {
        isHigherBetter = false
        return
      }
      guard let known = control.directions[metric], let direction = known else {
        throw TrainingError.monitor(
          callback: callback, name: name,
          known: ["loss", "val_loss"]
            + control.directions.filter { $0.value != nil }.keys.sorted())
      }
      isHigherBetter = direction
    }
  }

  /// Whether a number is better than a reference by more than the least change; NaN never is.
  func isImprovement(_ value: Double, over reference: Double?) -> Bool {
    guard let reference else { return true }
    return isHigherBetter ?? false
      ? value - minimumChange > reference : value + minimumChange < reference
  }
}
