import CaseFile
import Diagnosis

extension Search {
  /// How many further remedies a repair may need beside the one that the rules name.
  private static let maximumFurther = 2

  /// Faults that rules have settled: applies their repair, adds what else is needed for the loss to
  /// fall, and confirms it.
  mutating func repair(_ found: [CauseFinding]) -> Consultation {
    var report = Judgement(facts).report(facts)
    report.trialsRan = true
    var edits: [Edit] = []
    for edit in found.compactMap(\.remedy).flatMap(\.edits)
    where !edits.contains(where: { $0.target == edit.target }) {
      edits.append(edit)
    }
    guard !edits.isEmpty, let mended = try? run.applying(edits) else {
      return finish(report)
    }
    say("trying the repair: \(found[0].remedy?.summary ?? "")")
    guard let first = firstOutcome(mended) else { return finish(report) }
    let (cured, further) = improve(mended, edits, first)
    let isComparable = !edits.contains { Search.changesTheLoss($0) }
    let (criterion, pairs) = confirm(cured, baseline: run, isComparable: isComparable)
    guard criterion.isCure || criterion.isImprovement else {
      report.causes[0].evidence.append(
        Evidence(
          "with the repair the run explains \(percentage(criterion.after)) of what a constant"
            + " prediction leaves open, without it \(percentage(criterion.before)): not proven",
          value: criterion.gain, basis: .trial, sample: "\(pairs.count) seeds"))
      return finish(report)
    }
    report.causes[0].isProven = true
    report.causes[0].trials = pairs
    report.causes[0].evidence.append(Search.evidence(criterion, seeds: pairs.count))
    if let comparison = randomSearch(criterion, isComparable: isComparable) {
      report.causes[0].evidence.append(comparison)
    }
    report.causes[0].remedy = Remedy(edits: edits + further)
    report.headline = report.causes[0].headline
    return finish(report, repaired: cured, edits: edits + further)
  }

  /// Whether the loss before an edit and after it measure different things.
  private static func changesTheLoss(_ edit: Edit) -> Bool {
    edit.target == "loss" || edit.target.hasPrefix("data.y.") || edit.target.hasSuffix(".units")
  }

  /// Adds remedies to a repaired run whose loss still does not fall, as long as each makes a
  /// difference of its own.
  mutating func improve(
    _ mended: Run, _ edits: [Edit], _ first: Outcome
  ) -> (run: Run, further: [Edit]) {
    var (current, outcome, further) = (mended, first, [Edit]())
    var rounds: [[Edit]] = []
    for _ in 0..<Search.maximumFurther {
      guard outcome.skill.isNaN || outcome.skill < RunHealth.thrivingSkill else {
        break
      }
      var facts = self.facts.describing(current, after: edits + further)
      facts.recorded = nil
      facts.measurements = Measurements()
      facts.measurements?.baseline = [outcome]
      facts = probing(current, facts)
      let isSick = RunHealth(facts)?.isSick ?? true
      let suspicions = Judgement(facts).suspected.filter {
        isSick || $0.suspicion.prior >= Search.learningPrior
      }
      let cures = cures(
        among: affordable(Candidate.all(suspicions, on: current, facts), beside: current).filter {
          candidate in
          !candidate.edits.contains { new in edits.contains { $0.target == new.target } }
        }, baseline: [outcome])
      guard let best = cures.first, let reached = best.outcomes.first else { break }
      (current, outcome) = (best.run, reached)
      further += best.edits
      rounds.append(best.edits)
    }
    // The second may have made the first superfluous.
    if rounds.count == 2, let smaller = try? mended.applying(rounds[1]),
      let reached = firstOutcome(smaller),
      CureCriterion(baseline: [], remedied: [reached]).after
        >= CureCriterion(baseline: [], remedied: [outcome]).after
    {
      return (smaller, rounds[1])
    }
    return (current, further)
  }

  /// What a confirmed cure shows, in one sentence.
  static func evidence(
    _ criterion: CureCriterion, seeds: Int, measure: Suspicion.Measure = .overall
  ) -> Evidence {
    Evidence(
      prefix(measure)
        + "with the remedy the run explains \(percentage(criterion.after)) of what a constant"
        + " prediction leaves open, as it was \(percentage(criterion.before)); spread between"
        + " \(seeds) seeds \(percentage(criterion.spread))", value: criterion.gain, basis: .trial,
      sample: "\(seeds) seeds")
  }

  private static func prefix(_ measure: Suspicion.Measure) -> String {
    switch measure {
    case .overall: ""
    case .balanced: "with every class counted the same, "
    case .heldOut: "on held-out rows, "
    }
  }

  /// Completes a report.
  func finish(_ report: Report, repaired: Run? = nil, edits: [Edit] = []) -> Consultation {
    var report = completed(report)
    if report.trialsRan { report.excuseProbes() }
    return Consultation(report: report, repaired: repaired, edits: edits)
  }
}

extension Report {
  /// After trials, a cause of which nothing is missing but a probe was left out because the verdict
  /// stood without it: says so, and asks for nothing.
  fileprivate mutating func excuseProbes() {
    let reason =
      switch verdict {
      case .healthy: "not needed: the loss falls as it should"
      case .fault where causes.first?.isProven == true:
        "not needed: \(causes[0].id) is proven without it"
      default: "its probe was not made: the trials came to an end before it"
      }
    for index in notExamined.indices {
      notExamined[index].drop(.trials)
      if notExamined[index].hint.isEmpty { notExamined[index].hint = reason }
    }
  }
}
