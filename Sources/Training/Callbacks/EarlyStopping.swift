package import JSON
package import Networks

/// Ends the run when a number has not become better for `patience` epochs.
package struct EarlyStopping: Callback, Configurable {
  package static let className = "EarlyStopping"
  package let patience: Int
  package let baseline: Double?
  package let restoresBest: Bool
  package let firstEpoch: Int
  private var monitor: Monitor
  private var wait = 0
  private var best: Double?
  private var bestEpoch = 0
  private var bestParameters: [Float]?
  private var stoppedEpoch: Int?

  package init(configuration: Configuration) throws {
    monitor = try Monitor(configuration, minimumChange: 0)
    patience = try configuration.int("patience", default: 0)
    baseline = try configuration.double("baseline")
    restoresBest = try configuration.bool("restore_best_weights", default: false)
    firstEpoch = try configuration.int("start_from_epoch", default: 0)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("monitor", monitor.name, default: "val_loss")
    result.set("min_delta", monitor.minimumChange, default: 0)
    result.set("patience", patience, default: 0)
    result.set("baseline", baseline)
    result.set("restore_best_weights", restoresBest, default: false)
    result.set("start_from_epoch", firstEpoch, default: 0)
    return result
  }

  package mutating func trainingBegins(_ control: FitControl) throws {
    (wait, best, bestEpoch, bestParameters, stoppedEpoch) = (0, nil, 0, nil, nil)
    try monitor.resolve(Self.className, control)
  }

  package mutating func epochEnds(_ epoch: Int, _ logs: inout Logs, _ control: FitControl) {
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

  package mutating func trainingEnds(_ control: FitControl) {
    if let stoppedEpoch { control.say("Epoch \(stoppedEpoch + 1): early stopping") }
    guard let bestParameters else { return }
    control.say(
      "Restoring model weights from the end of the best epoch: \(bestEpoch + 1).")
    control.parameters = bestParameters
  }
}
