package import CaseFile

/// How a run fares, from its losses.
package struct RunHealth: Hashable, Sendable {
  /// How a run fares.
  package enum State: String, Hashable, Sendable {
    /// The loss turned NaN or infinite.
    case nonFinite
    /// The loss ends far above where it was.
    case rising
    /// The loss explains nothing of the targets and does not move.
    case stuck
    /// The loss falls, but less than it might; only a trial can tell whether that is a fault.
    case learning
    /// The loss fell to a small part of what a constant prediction leaves open.
    case thriving
    /// The program stopped with an error.
    case failed
  }
  /// How the run fares.
  package var state: State
  /// The losses by epoch.
  package var losses: [Double]
  /// The share explained on the training rows, where the targets are known.
  package var skill: Double?
  /// Whether the engine measured it, or a record tells.
  package var isMeasured: Bool

  /// A run that explains this share of the targets is called healthy without further search: what
  /// remains is noise, or a matter of taste.
  package static let thrivingSkill = 0.9
  /// Below this share a run has learned nothing that a constant could not say.
  static let stuckSkill = 0.1
  /// A loss that ends this many times above its lowest value has turned around.
  static let risingRatio = 1.5
  /// A rising loss that gives up this share of the targets is a run that goes wrong, however well it
  /// did before.
  static let lostSkill = 0.15
  /// A share that is explained on training and held-out rows alike, if it is larger than this, is a
  /// weak signal that was learned, not a run that stands still.
  static let weakSkill = 0.04
  /// Without targets: a loss that fell by this share, beside an accuracy or a validation loss, is called
  /// healthy.
  static let fallenShare = 0.5
  /// With nothing beside it: squared errors have no scale of their own, and half of the first epoch's
  /// loss may be that the model found the mean; so as much must have fallen as thrives elsewhere.
  static let fallenShareAlone = thrivingSkill
  /// Without targets: a loss that fell by less than this share stands still.
  static let stillShare = 0.03

  /// Reads the re-run where there is one, else the record; `nil` without either.
  package init?(_ facts: CaseFile) {
    let outcomes = facts.measurements?.baseline ?? []
    let recorded = facts.recorded?.history["loss"] ?? []
    let trivial = ContractReading(facts).flatMap(TrivialLoss.init)
    isMeasured = !outcomes.isEmpty
    if let first = outcomes.first {
      losses = first.history["loss"] ?? []
      let skills = outcomes.map(\.skill).sorted()
      skill = skills.contains { $0.isNaN } ? -.infinity : skills[skills.count / 2]
      let isFinite = outcomes.allSatisfy(\.isFinite) && recorded.allSatisfy(\.isFinite)
      state = RunHealth.state(
        losses, skill: skill, isFinite: isFinite, hasTargets: true, trivial: trivial)
      // Noisy targets leave little to explain; what holds on held-out rows too was learned.
      let weakest = outcomes.map { min($0.skill, $0.heldOutSkill ?? -1) }.min() ?? 0
      if state == .stuck, weakest > RunHealth.weakSkill { state = .learning }
    } else if !recorded.isEmpty {
      losses = recorded
      // A recorded loss counts the classes by their weights, a constant prediction's does not.
      let isWeighted = !(facts.fit?.classWeight.isEmpty ?? true)
      skill = isWeighted ? nil : recorded.last.flatMap { trivial?.skill($0) }
      // Targets drawn as a script draws them are not those that the run saw.
      let targets = facts.data?.targets
      let history = facts.recorded?.history ?? [:]
      let isAlone = LogFingerprint.accuracyName(history) == nil && history["val_loss"] == nil
      state = RunHealth.state(
        losses, skill: skill, isFinite: recorded.allSatisfy(\.isFinite),
        hasTargets: targets != nil && targets?.isDrawn != true, trivial: trivial,
        fallenShare: isAlone ? RunHealth.fallenShareAlone : RunHealth.fallenShare)
    } else if facts.recorded?.status == .raised {
      (losses, skill, state) = ([], nil, .failed)
    } else {
      return nil
    }
  }

  private static func state(
    _ losses: [Double], skill: Double?, isFinite: Bool, hasTargets: Bool,
    trivial: TrivialLoss?, fallenShare: Double = RunHealth.fallenShare
  ) -> State {
    guard isFinite else { return .nonFinite }
    guard let first = losses.first, let last = losses.last, let lowest = losses.min() else {
      return (skill ?? 0) > thrivingSkill ? .thriving : .learning
    }
    let isRising = last > risingRatio * max(abs(lowest), 1e-12)
    let fallen = (first - last) / max(abs(first), 1e-12)
    if let skill {
      // Good weights at the end do not excuse an epoch that was worse on average than a constant: the
      // loss swings, and another batch might have been the last.
      let endsHigh = isRising && (trivial?.skill(last) ?? 0) < 0
      if skill >= thrivingSkill, !endsHigh { return .thriving }
      if skill < 0, isRising { return .rising }
      // A rise that is no noise, and undoes a good part of what was learned.
      if isRising, let trivial, trivial.skill(lowest) - trivial.skill(last) > lostSkill,
        Trend(risingTo: losses) != nil || staysHigh(losses, above: lowest)
      {
        return .rising
      }
      if skill < stuckSkill { return .stuck }
      return hasTargets || fallen >= stillShare ? .learning : .stuck
    }
    if isRising { return .rising }
    if fallen >= fallenShare { return .thriving }
    return fallen < stillShare ? .stuck : .learning
  }

  /// Whether the loss jumped and stayed there: too few or too equal values for a test of ranks.
  private static func staysHigh(_ losses: [Double], above lowest: Double) -> Bool {
    let tail = losses.suffix(stayingEpochs)
    return losses.count > stayingEpochs && tail.allSatisfy { $0 > jumpRatio * max(lowest, 0) }
  }

  /// So many epochs at the end, all this many times above the lowest, are no outlier of noise.
  private static let stayingEpochs = 3
  private static let jumpRatio = 2.0

  /// Whether something is wrong beyond doubt.
  package var isSick: Bool {
    switch state {
    case .nonFinite, .rising, .stuck, .failed: true
    case .learning, .thriving: false
    }
  }

  /// The state in one sentence with its figures.
  package var summary: String {
    let course =
      losses.first.flatMap { first in
        losses.last.map { " from \(figure(first)) to \(figure($0)) in \(losses.count) epochs" }
      } ?? ""
    let share: String
    switch skill {
    case let skill? where skill >= 0:
      share =
        ", \(percentage(min(skill, 1))) of what a constant prediction leaves open"
    case .some: share = ", worse than a constant prediction"
    case nil: share = ""
    }
    switch state {
    case .nonFinite: return "the loss turns NaN or infinite"
    case .rising: return "the loss rises\(course)"
    case .stuck: return "the loss stands still\(course)\(share)"
    case .learning, .thriving:
      let falls = (losses.last ?? 0) <= (losses.first ?? 0)
      return "the loss \(falls ? "falls" : "swings")\(course)\(share)"
    case .failed: return "the program stops with an error"
    }
  }
}
