public import JSON
public import Networks

/// Lowers the learning rate when a number has not become better for `patience` epochs.
public struct ReduceLROnPlateau: Callback, Configurable {
  /// Keras' class.
  public static let className = "ReduceLROnPlateau"
  /// The names in place of an object.
  public static let names = ["reduce_lr_on_plateau"]
  private let factor: Double
  private let patience: Int
  private let cooldown: Int
  private let minimumRate: Double
  private var monitor: Monitor
  private var wait = 0
  private var rest = 0
  private var best: Double?

  /// Keras' default for `min_delta`.
  private static let standardChange = 1e-4

  /// Lowers the learning rate of a run that does not get better.
  ///
  /// - Parameters:
  ///   - monitor: The number that is watched.
  ///   - factor: What the rate is multiplied by; below 1.
  ///   - patience: For how many epochs nothing better may come.
  ///   - mode: `min` or `max` for what is better; `auto` leaves it to the metric.
  ///   - minimumChange: How much better is better.
  ///   - cooldown: For how many epochs it rests after a change.
  ///   - minimumRate: The lowest rate.
  public init(
    monitor: String = "val_loss", factor: Double = 0.1, patience: Int = 10, mode: String = "auto",
    minimumChange: Double = 1e-4, cooldown: Int = 0, minimumRate: Double = 0
  ) {
    self.monitor = Monitor(monitor, mode: mode, minimumChange: minimumChange)
    self.factor = factor
    self.patience = patience
    self.cooldown = cooldown
    self.minimumRate = minimumRate
  }

  /// Reads the arguments.
  public init(configuration: Configuration) throws {
    monitor = try Monitor(configuration, minimumChange: Self.standardChange)
    factor = try configuration.double("factor", default: 0.1)
    guard factor < 1 else {
      throw configuration.error("factor", found: .double(factor), expected: "a number below 1")
    }
    patience = try configuration.int("patience", default: 10)
    cooldown = try configuration.int("cooldown", default: 0)
    minimumRate = try configuration.double("min_lr", default: 0)
  }

  /// The arguments that are not Keras' defaults.
  public var configuration: JSONObject {
    var result = JSONObject()
    monitor.write(into: &result, minimumChange: Self.standardChange)
    result.set("factor", factor, default: 0.1)
    result.set("patience", patience, default: 10)
    result.set("cooldown", cooldown, default: 0)
    result.set("min_lr", minimumRate, default: 0)
    return result
  }

  /// Starts anew.
  public mutating func trainingBegins(_ control: FitControl) throws {
    (wait, rest, best) = (0, 0, nil)
    try monitor.resolve(Self.className, control)
    guard !control.hasSchedule else {
      throw TrainingError.argument(
        name: "callbacks", found: "ReduceLROnPlateau beside a learning-rate schedule",
        expected: "a learning rate that is a number")
    }
  }

  /// Looks at the number.
  public mutating func epochEnds(_ epoch: Int, _ logs: inout Logs, _ control: FitControl) {
    let rate = control.learningRate
    logs["learning_rate"] = rate
    guard let current = logs[monitor.name] else {
      control.say(
        "Learning rate reduction is conditioned on metric `\(monitor.name)` which is not "
          + "available. Available metrics are: \(logs.names.joined(separator: ",")).")
      return
    }
    if rest > 0 {
      rest -= 1
      wait = 0
    }
    if monitor.isImprovement(current, over: best) {
      (best, wait) = (current, 0)
      return
    }
    guard rest == 0 else { return }
    wait += 1
    guard wait >= patience, rate > Double(Float(minimumRate)) else { return }
    let lowered = max(rate * factor, minimumRate)
    control.learningRate = lowered
    control.say("Epoch \(epoch + 1): ReduceLROnPlateau reducing learning rate to \(lowered).")
    (rest, wait) = (cooldown, 0)
  }
}
