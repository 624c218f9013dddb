/// Sets the learning rate before each epoch by a function of the epoch and the rate so far.
public struct LearningRateScheduler: Callback {
  private let schedule: @Sendable (Int, Double) -> Double

  /// A scheduler.
  ///
  /// - Parameter schedule: The learning rate for an epoch, given the one before.
  public init(_ schedule: @escaping @Sendable (Int, Double) -> Double) {
    self.schedule = schedule
  }

  /// Sets the rate.
  public mutating func epochBegins(_ epoch: Int, _ control: FitControl) {
    control.learningRate = schedule(epoch, control.learningRate)
  }

  /// Adds the rate to the logs.
  public mutating func epochEnds(_ epoch: Int, _ logs: inout Logs, _ control: FitControl) {
    logs["learning_rate"] = control.learningRate
  }
}
