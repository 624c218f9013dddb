public import JSON
public import Networks

/// Ends the run when a number has not become better for `patience` epochs.
public struct EarlyStopping: Callback, Configurable {
  /// Keras' class.
  public static let className = "EarlyStopping"
  private let patience: Int
  private let baseline: Double?
  private let restoresBest: Bool
  private let firstEpoch: Int
  private var monitor: Monitor
  private var wait = 0
  private var best: Double?
  private var bestEpoch = 0
  private var bestParameters: [Float]?
  private var stoppedEpoch: Int?

  /// Stops a run that does not get better.
  ///
  /// - Parameters:
  ///   - monitor: The number that is watched.
  ///   - minimumChange: How much better is better.
  ///   - patience: For how many epochs nothing better may come.
  ///   - mode: `min` or `max` for what is better; `auto` leaves it to the metric.
  ///   - baseline: What has to be beaten.
  ///   - restoresBest: Whether the run ends with the weights of its best epoch.
  ///   - firstEpoch: The epoch from which on it watches.
  public init(
    monitor: String = "val_loss", minimumChange: Double = 0, patience: Int = 0,
    mode: String = "auto", baseline: Double? = nil, restoresBest: Bool = false, firstEpoch: Int = 0
  ) {
    self.monitor = Monitor(monitor, mode: mode, minimumChange: minimumChange)
    self.patience = patience
    self.baseline = baseline
    self.restoresBest = restoresBest
    self.firstEpoch = firstEpoch
  }

  /// Reads the arguments.
  public init(configuration: Configuration) throws {
    monitor = try Monitor(configuration, minimumChange: 0)
    patience = try configuration.int("patience", default: 0)
    baseline = try configuration.double("baseline")
    restoresBest = try configuration.bool("restore_best_weights", default: false)
    firstEpoch = try configuration.int("start_from_epoch", default: 0)
  }

  /// The arguments that are not Keras' defaults.
  public var configuration: JSONObject {
    var result = JSONObject()
    monitor.write(into: &result, minimumChange: 0)
    result.set("patience", patience, default: 0)
    result.set("baseline", baseline)
    result.set("restore_best_weights", restoresBest, default: false)
    result.set("start_from_epoch", firstEpoch, default: 0)
    return result
  }

  /// Starts anew.
  public mutating func trainingBegins(_ control: FitControl) throws {
    (wait, best, bestEpoch, bestParameters, stoppedEpoch) = (0, nil, 0, nil, nil)
    try monitor.resolve(Self.className, control)
  }

  /// Looks at the number.
  public mutating func epochEnds(_ epoch: Int, _ logs: inout Logs, _ control: FitControl) {
    guard epoch >= firstEpoch else { return }
    guard let current = logs[monitor.name] else {
      control.say(
        "Early stopping conditioned on metric `\(monitor.name)` which is not available. "
          + "Available metrics are: \(logs.names.joined(separator: ","))")
      return
    }
    if restoresBest, bestParameters == nil {
      (bestParameters, bestEpoch) = (control.parameters, epoch)
    }
    wait += 1
    if monitor.isImprovement(current, over: best) {
      (best, bestEpoch) = (current, epoch)
      if restoresBest { bestParameters = control.parameters }
      if baseline == nil || monitor.isImprovement(current, over: baseline) { wait = 0 }
    } else if wait >= patience, epoch > 0 {
      stoppedEpoch = epoch
      control.stopsTraining = true
    }
  }

  /// Brings the best weights back.
  public mutating func trainingEnds(_ control: FitControl) {
    if let stoppedEpoch { control.say("Epoch \(stoppedEpoch + 1): early stopping") }
    guard let bestParameters else { return }
    control.say(
      "Restoring model weights from the end of the best epoch: \(bestEpoch + 1).")
    control.parameters = bestParameters
  }
}
