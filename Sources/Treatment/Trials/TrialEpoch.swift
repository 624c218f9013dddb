public import CaseFile

/// One epoch of one trial, told while it trains, so that curves can be shown as they grow.
public struct TrialEpoch: Sendable {
  /// The number of the trial, from 1 in the order in which they began.
  public var trial: Int
  /// What the trial changes of the user's run; empty for the run as it is.
  public var changes: [Edit]
  /// The epoch, from 1.
  public var epoch: Int
  /// The training loss of the epoch.
  public var loss: Double
  /// Whether the trial ends here.
  public var isLast: Bool
}
