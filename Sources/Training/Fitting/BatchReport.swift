/// What one batch yielded.
public struct BatchReport: Hashable, Sendable {
  /// The number of the epoch, from 0.
  public let epoch: Int
  /// The number of the batch in the epoch, from 0.
  public let batch: Int
  /// How many batches the epoch has.
  public let batchCount: Int
  /// The loss of this batch, before its step.
  public let loss: Double
  /// The mean of the epoch so far, which Keras shows.
  public let meanLoss: Double
}

/// What a watcher wants.
public enum FitDirective: Hashable, Sendable {
  case proceed
  /// End the run after this batch or epoch.
  case stop
}
