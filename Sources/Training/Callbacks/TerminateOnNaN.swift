public import Networks

/// Ends the run at the first batch whose loss is not finite.
public struct TerminateOnNaN: Callback, Configurable {
  /// Keras' class.
  public static let className = "TerminateOnNaN"
  /// The names in place of an object.
  public static let names = ["terminate_on_nan"]
  /// It sees every batch.
  public var watchesBatches: Bool { true }

  /// A watch.
  public init() {}

  /// A watch; there are no arguments.
  public init(configuration: Configuration) {}

  /// Looks at the loss.
  public mutating func batchEnds(_ report: BatchReport, _ control: FitControl) {
    guard !report.meanLoss.isFinite else { return }
    control.say("Batch \(report.batch): Invalid loss, terminating training")
    control.stopsTraining = true
  }
}
