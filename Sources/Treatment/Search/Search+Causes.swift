import CaseFile
import Diagnosis
import JSON
import Training

extension Search {
  /// In a run that learns, though less than it might, only suspicions of this prior are tried: there
  /// a better rate or a better activation is a matter of taste, not a fault.
  static let learningPrior = 0.4
  /// How many candidates are confirmed before the search gives up.
  private static let maximumConfirmations = 3

  /// No rule has settled a fault: repeats the run, and looks for what keeps its loss from falling.
  mutating func findCause() -> Consultation {
    say("repeating the run")
    guard let (outcome, state) = trainedBaseline() else {
      return finish(Judgement(facts).report(facts))
    }
    var measurements = Measurements()
    measurements.baseline = [outcome]
    measurements.rowLosses = try? RowLossProbe(run: run, backend: runner.backend).measure(state)
    measurements.firstStepLoss = try? FirstStepProbe(run: run, backend: runner.backend).measure()
    facts.measurements = measurements
    showFindings()
    let recorded = recordedHealth
    let overfits = Judgement(facts).suspected.contains { $0.id == Search.overfitting }
    let isThriving = RunHealth(facts)?.state == .thriving && recorded?.isSick != true
    let heldOut = outcome.heldOutSkill ?? 1
    let generalises = heldOut >= Search.generalisingSkill
    // Held-out rows that are predicted better than the rows that were learned from have other labels.
    let isAhead = outcome.heldOutSkill.map { $0 - outcome.skill > Search.aheadShare } ?? false
    if isThriving, !overfits, generalises { return finish(healthyReport()) }
    if !generalises || isAhead { auditLabels() }
    if overfits { halveTheRows() }
    // A run that only learns by heart needs no probes: its training loss falls as it should.
    if !isThriving {
      facts = probing(run, facts, trained: state)
      showFindings()
    }
    let judgement = Judgement(facts)
    let isSick = (RunHealth(facts)?.isSick ?? false) || (recorded?.isSick ?? false) || overfits
    let suspicions = judgement.suspected.filter { id, suspicion in
      if isThriving {
        return Search.memorising.contains(id) && (overfits || suspicion.prior > Search.settledPrior)
      }
      return isSick || suspicion.prior >= Search.learningPrior
    }
    say("trying \(suspicions.count) suspicions")
    let candidates = affordable(Candidate.all(suspicions, on: run, facts), beside: run)
    // What is probable comes first: where it cures, the rest need not be tried.
    var (hasCures, confirmations) = (false, 0)
    for stage in SearchStage.allCases where stage != .pairs || !hasCures {
      let cures = cures(among: stage.candidates(candidates, on: run), baseline: [outcome])
      hasCures = hasCures || !cures.isEmpty
      for cure in cures where confirmations < Search.maximumConfirmations {
        confirmations += 1
        if let cured = confirmed(cure, judgement, baseline: outcome, isSick: isSick) {
          return cured
        }
      }
    }
    guard isSick else { return finish(healthyReport()) }
    shuffleLabels()
    return finish(unprovenReport(Judgement(facts)))
  }

  /// The consultation with a cure, if it holds over several seeds: without the parts that it does not
  /// need, and with what else lets the loss fall where it does not suffice alone.
  private mutating func confirmed(
    _ cure: Candidate, _ judgement: Judgement, baseline: Outcome, isSick: Bool
  ) -> Consultation? {
    var cure = minimised(cure, baseline: [baseline])
    var (criterion, trials) = confirm(
      cure.run, baseline: run, measure: cure.measure, judgedBy: cure.judgingLoss)
    guard isSick ? criterion.isCure : criterion.isCureOfLearning else { return nil }
    if isSick, cure.measure == .overall, cure.judgingLoss == nil, let first = cure.outcomes.first {
      let (better, further) = improve(cure.run, cure.edits, first)
      if !further.isEmpty {
        let (again, pairs) = confirm(better, baseline: run)
        if again.isCure, again.after > criterion.after {
          (criterion, trials) = (again, pairs)
          cure.run = better
          cure.edits += further
          cure.summary += "; " + Remedy(edits: further).summary
        }
      }
    }
    var report = curedReport(judgement, cure, criterion, trials)
    if let comparison = randomSearch(criterion, isComparable: true, measure: cure.measure) {
      report.causes[0].evidence.append(comparison)
    }
    return finish(report, repaired: cure.run, edits: cure.edits)
  }

  /// The causes that a training loss which falls well does not rule out.
  private static let memorising: Set<String> = ["overfitting", "label-noise", "too-little-data"]
  /// Where held-out rows are predicted to this share there is nothing to ask of labels and rows.
  private static let generalisingSkill = 0.6
  /// Samples of the same rows differ by less.
  private static let aheadShare = 0.08
  /// A run whose training loss falls well, and whose validation loss does not rise, is tried only for
  /// what is beyond doubt before the trial.
  private static let settledPrior = 0.8
  /// Trials whose length is not the user's are made only if they are cheap.
  func affordable(_ candidates: [Candidate], beside own: Run) -> [Candidate] {
    candidates.filter { candidate in
      (candidate.run.fit.epochs <= own.fit.epochs
        && candidate.run.fit.batchSize >= own.fit.batchSize)
        || budget.affords(candidate.run)
    }
  }

  /// Asks the user's own model about each label.
  private mutating func auditLabels() {
    say("predicting rows that were not learned from")
    let start = clock.now
    defer { timing.probes += seconds(since: start) }
    let whole = budget.epochs ?? max(1, run.fit.epochs - run.fit.initialEpoch)
    let validation = facts.recorded?.history["val_loss"] ?? []
    // Up to the turn of the validation loss a model learns what holds for other rows.
    let turn = validation.indices.min { validation[$0] < validation[$1] }.map { $0 + 1 }
    let audit = LabelAuditProbe(
      run: run, runner: runner, epochs: max(1, min(turn ?? whole, whole))
    ).measure()
    facts.measurements?.labelAudit = audit
    spentRuns += Search.auditRuns
  }

  /// Repeats the run on every other row.
  private mutating func halveTheRows() {
    var half = run
    let rows = Array(stride(from: 0, to: run.data.training.rowCount, by: 2))
    half.data.training = run.data.training.picked(rows)
    half.data.rowNumbers = rows.map { run.data.userNumber($0) }
    let outcome = outcomes([half], seeds: [Search.firstSeed])[0].first
    facts.measurements?.halfOfTheRows = outcome
  }

  /// What the audit of labels costs in whole runs: four on three quarters of the rows.
  private static let auditRuns = 3.0

  /// The id of the cause that a rising validation loss stands for.
  private static let overfitting = "overfitting"

  /// Repeats the run on shuffled labels: what is then learned as fast are rows, not labels.
  private mutating func shuffleLabels() {
    say("repeating the run on shuffled labels")
    let edit = Edit(target: "data.y.shuffle", to: true)
    guard let shuffled = try? run.applying([edit]) else { return }
    let outcome = outcomes([shuffled], seeds: [Search.firstSeed])[0].first
    facts.measurements?.shuffledLabels = outcome
  }

  /// The health that the record alone shows.
  private var recordedHealth: RunHealth? {
    var bare = facts
    bare.measurements = nil
    return RunHealth(bare)
  }

  // MARK: Reports

  private func healthyReport() -> Report {
    var report = Judgement(facts).report(facts)
    report.trialsRan = true
    return report
  }

  private func curedReport(
    _ judgement: Judgement, _ cure: Candidate, _ criterion: CureCriterion, _ trials: [TrialPair]
  ) -> Report {
    var report = judgement.report(facts)
    report.verdict = .fault
    report.trialsRan = true
    let remedy = Remedy(edits: cure.edits, summary: cure.summary)
    // A partner that is no likely cause of its own is part of the remedy only.
    let causes =
      cure.causes.prefix(1)
      + cure.causes.dropFirst().filter { $0.suspicion.prior >= Search.learningPrior }
    report.causes = causes.map { id, suspicion in
      CauseFinding(
        id: id, confidence: RuleConfidence.proven, isProven: true, summary: suspicion.summary,
        evidence: suspicion.evidence
          + [Search.evidence(criterion, seeds: trials.count, measure: suspicion.measure)],
        remedy: remedy, trials: trials, suspectRows: suspicion.suspectRows)
    }
    report.headline = report.causes[0].headline
    let named = Set(cure.causes.map(\.id))
    report.notExamined.removeAll { note in
      named.contains(note.id) || judgement.suspected.contains { $0.id == note.id }
    }
    report.ruledOut.removeAll { named.contains($0.id) }
    for (id, suspicion) in judgement.suspected where !named.contains(id) {
      report.ruledOut.removeAll { $0.id == id }
      report.ruledOut.append(
        RuledOut(
          id: id,
          because: "no longer matters once \(cure.causes[0].id) is removed; \(suspicion.summary)"))
    }
    return report
  }

  /// Sick, but no remedy cured it: the strongest suspicion stands unproven, if it is strong.
  private func unprovenReport(_ judgement: Judgement) -> Report {
    var report = judgement.report(facts)
    report.trialsRan = true
    // What a trial itself has shown needs no remedy to stand.
    let isFound = judgement.found.contains { $0.id == report.causes.first?.id }
    if !report.causes.isEmpty, !isFound {
      report.causes[0].evidence.append(
        Evidence("no remedy that was tried made the loss fall", basis: .trial))
      report.causes[0].confidence = RuleConfidence.unproven
    }
    return report
  }
}
