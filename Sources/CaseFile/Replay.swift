/// How far this program's arithmetic agrees with that of the recorded run: its first steps, computed
/// again from the same weights on the same rows.
public struct Replay: Codable, Hashable, Sendable {
  /// What the comparison came to.
  public enum Verdict: String, Codable, Hashable, Sendable {
    /// Every step that was compared gives the recorded loss.
    case agrees
    /// A step gives another loss, and rounding does not explain it.
    case disagrees
    /// There was nothing to compare, for the reason in ``Replay/reason``.
    case notCompared = "not-compared"
  }
  /// What the comparison came to.
  public var verdict: Verdict
  /// How many steps were compared and agree.
  public var steps: Int
  /// The largest relative difference of the loss among them.
  public var largestDifference: Double
  /// The first step that disagrees; `nil` if none does.
  public var disagreement: Disagreement?
  /// Why nothing, or not all, was compared; `nil` if there is nothing to say.
  public var reason: String?

  /// A step that gives another loss here than there.
  public struct Disagreement: Codable, Hashable, Sendable {
    /// The step, from 1.
    public var step: Int
    /// The loss that was recorded.
    public var recorded: Double
    /// The loss that this program computes.
    public var own: Double

    /// A step that gives another loss here than there.
    public init(step: Int, recorded: Double, own: Double) {
      (self.step, self.recorded, self.own) = (step, recorded, own)
    }
  }

  /// What a comparison came to.
  public init(
    verdict: Verdict, steps: Int = 0, largestDifference: Double = 0,
    disagreement: Disagreement? = nil, reason: String? = nil
  ) {
    self.verdict = verdict
    self.steps = steps
    self.largestDifference = largestDifference
    self.disagreement = disagreement
    self.reason = reason
  }
}
