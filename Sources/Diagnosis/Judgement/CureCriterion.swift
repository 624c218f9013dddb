package import CaseFile

/// Whether a remedy made the difference: the effect beside the spread between seeds.
package struct CureCriterion: Hashable, Sendable {
  /// The share explained by the run as it was, on the rows that count: held-out ones where there
  /// are any. A run that never learned counts as 0: how far it went astray is no merit of a remedy.
  package var before: Double
  /// The same with the remedy.
  package var after: Double
  /// The larger of the two spreads between seeds.
  package var spread: Double
  /// Whether the worst run with the remedy explains more than the best one without.
  package var isBeyondSpread: Bool
  /// Whether the remedied runs are finite throughout.
  package var isFinite: Bool

  /// A gain below this share of what a constant prediction leaves open is not worth calling the
  /// difference between sick and healthy.
  static let minimumGain = 0.15
  /// What is left open must shrink at least to this share.
  static let remainingShare = 0.75
  /// In a run that learns already, a remedy must do more to make it a sick one: what is left open must
  /// shrink to this share. Less is a better setting, and no fault was mended.
  static let remainingShareOfLearning = 0.6
  /// The remedied run must explain at least this much itself.
  static let minimumSkill = 0.1

  /// Compares outcomes with and without a remedy.
  ///
  /// - Parameter isComparable: Whether the loss of the run as it was says anything of the task. A loss
  ///   against labels that it cannot read does not, and counts as nothing explained.
  package init(
    baseline: [Outcome], remedied: [Outcome], isComparable: Bool = true,
    measure: Suspicion.Measure = .overall
  ) {
    func level(_ outcome: Outcome) -> Double {
      let skill =
        switch measure {
        case .overall: min(outcome.skill, outcome.heldOutSkill ?? outcome.skill)
        case .balanced: outcome.balancedSkill ?? .nan
        case .heldOut: outcome.heldOutSkill ?? .nan
        }
      // Beyond 1 lies only a loss below its floor: one that is no loss of these labels.
      guard skill.isFinite, skill <= CureCriterion.perfectSkill else { return 0 }
      return max(outcome.skill > 0 ? CureCriterion.lowestLevel : 0, skill)
    }
    let baseline = isComparable ? baseline : []
    let old = baseline.map(level)
    let new = remedied.map(level)
    before = median(old)
    after = median(new)
    let ranges = [old, new].map { ($0.max() ?? 0) - ($0.min() ?? 0) }
    isBeyondSpread = (new.min() ?? 0) > (old.max() ?? 0)
    // The spread of a single run is not known; it counts as none and the gain alone decides.
    spread = ranges.max() ?? 0
    isFinite = !remedied.isEmpty && remedied.allSatisfy(\.isFinite)
  }

  /// A run that learned its training rows and does worse than a constant on held-out ones counts
  /// down to this level; further down lies only over-confidence.
  private static let lowestLevel = -0.5
  /// Rounding may lift a perfect run a little above 1.
  private static let perfectSkill = 1.001
  /// Where a rule has settled the fault already, a gain of this size beyond the spread is enough to
  /// show that the repair does good.
  static let visibleGain = 0.02

  /// Whether the repair of a fault that a rule has settled does good: a visible gain in every seed,
  /// and a run that learns.
  package var isImprovement: Bool {
    isFinite && isBeyondSpread && gain >= CureCriterion.visibleGain
      && after >= CureCriterion.minimumSkill
  }

  /// How much more the remedied run explains.
  package var gain: Double { after - before }

  /// Whether the remedy cures: a large gain, in every seed, that leaves a run that learns.
  package var isCure: Bool {
    isFinite && isBeyondSpread && gain >= CureCriterion.minimumGain
      && after >= CureCriterion.minimumSkill
      && (1 - after) <= CureCriterion.remainingShare * (1 - before)
  }

  /// Whether the remedy cures a run that learns already.
  package var isCureOfLearning: Bool {
    isCure && (1 - after) <= CureCriterion.remainingShareOfLearning * (1 - before)
  }
}
