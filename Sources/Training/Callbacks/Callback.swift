import Networks

/// Something that watches `fit` and may change its course: Keras' callbacks.
public protocol Callback: Sendable {
  /// Before the first epoch; a callback that was used before starts anew.
  mutating func trainingBegins(_ control: FitControl) throws
  /// Before an epoch.
  mutating func epochBegins(_ epoch: Int, _ control: FitControl) throws
  /// After each batch, if ``watchesBatches``.
  mutating func batchEnds(_ report: BatchReport, _ control: FitControl) throws
  /// Before the validation data is looked at.
  mutating func validationBegins(_ control: FitControl) throws
  /// After it, with what came of it, named as in training.
  mutating func validationEnds(_ logs: Logs, _ control: FitControl) throws
  /// After an epoch; what it adds to the logs goes into the history.
  mutating func epochEnds(_ epoch: Int, _ logs: inout Logs, _ control: FitControl) throws
  /// After the last epoch, however the run ended.
  mutating func trainingEnds(_ control: FitControl) throws
  /// Whether it wants to see every batch.
  var watchesBatches: Bool { get }
}

extension Callback {
  /// Nothing.
  public mutating func trainingBegins(_ control: FitControl) throws {}
  /// Nothing.
  public mutating func epochBegins(_ epoch: Int, _ control: FitControl) throws {}
  /// Nothing.
  public mutating func batchEnds(_ report: BatchReport, _ control: FitControl) throws {}
  /// Nothing.
  public mutating func validationBegins(_ control: FitControl) throws {}
  /// Nothing.
  public mutating func validationEnds(_ logs: Logs, _ control: FitControl) throws {}
  /// Nothing.
  public mutating func epochEnds(
    _ epoch: Int, _ logs: inout Logs, _ control: FitControl
  ) throws {}
  /// Nothing.
  public mutating func trainingEnds(_ control: FitControl) throws {}
  /// No.
  public var watchesBatches: Bool { false }
}
