package import CaseFile

/// What the rules say of a case: every cause's answer, sorted into what stands, what must be tried,
/// what is ruled out and what could not be examined.
package struct Judgement: Sendable {
  /// Faults that the evidence settles, in the order of precedence.
  package var found: [CauseFinding] = []
  /// Causes that only a trial can settle, the most probable first.
  package var suspected: [(id: String, suspicion: Suspicion)] = []
  /// What is not there.
  package var ruledOut: [RuledOut] = []
  /// What could not be examined.
  package var notExamined: [NotExamined] = []
  /// The answer that nothing is wrong, if the run's losses give it.
  package var healthy: CauseFinding?
  /// An explanation of the number, where nothing is wrong.
  package var reading: CauseFinding?

  /// Asks every cause.
  package init(_ facts: CaseFile) {
    for cause in CauseCatalogue.all {
      switch cause.examine(facts) {
      case .found(let finding):
        switch finding.id {
        case NoFault().id: healthy = finding
        case ReadingTheNumber().id: reading = finding
        default: found.append(finding)
        }
      case .suspected(let suspicion):
        suspected.append((cause.id, suspicion))
      case .ruledOut(let because):
        // That a run is not healthy is the verdict, not a cause that was ruled out.
        if cause.id != NoFault().id {
          ruledOut.append(RuledOut(id: cause.id, because: because))
        }
      case .notExamined(let needs, let hint):
        if cause.id != NoFault().id {
          notExamined.append(NotExamined(id: cause.id, needs: needs, hint: hint, in: facts))
        }
      }
    }
    suspected.sort { $0.suspicion.prior > $1.suspicion.prior }
  }

  /// The prior from which a suspicion is named without a trial, given that the record shows a run
  /// that is sick beyond doubt.
  package static let namedPrior = 0.5

  /// The prior from which a suspicion is named even though the training loss falls: what the record
  /// shows is then no loss of training rows.
  package static let certainPrior = 0.95

  /// The report by rules and record alone, without any trial.
  package func report(_ facts: CaseFile) -> Report {
    var report = Report(
      inputs: facts.inputs, verdict: .undetermined, headline: "", complaint: Complaint(facts),
      ruledOut: ruledOut, notExamined: notExamined,
      curve: facts.recorded?.history["loss"] ?? [])
    let health = RunHealth(facts)
    if let first = found.first {
      report.verdict = .fault
      report.causes = [first]
      report.headline = first.headline
      for other in found.dropFirst() {
        report.ruledOut.append(
          RuledOut(id: other.id, because: "settled by the repair of \(first.id): \(other.summary)"))
      }
      postpone(suspected, to: &report, because: "\(first.id) comes first")
      return report
    }
    if let (id, suspicion) = suspected.first,
      suspicion.prior >= Judgement.certainPrior
        || (health?.isSick ?? false && suspicion.prior >= Judgement.namedPrior)
    {
      let isLogAlone = facts.model == nil && facts.data == nil
      let finding = CauseFinding(
        id: id,
        confidence: isLogAlone ? min(suspicion.prior, RuleConfidence.logAlone) : suspicion.prior,
        summary: suspicion.summary,
        evidence: suspicion.evidence, remedy: suspicion.remedies.first,
        suspectRows: suspicion.suspectRows)
      report.verdict = .fault
      report.causes = [finding]
      report.headline = finding.headline
      postpone(Array(suspected.dropFirst()), to: &report, because: nil)
      return report
    }
    if let healthy {
      report.verdict = .healthy
      report.headline = "Nothing is broken: \(healthy.summary)"
      report.causes = reading.map { [$0] } ?? []
      for (id, suspicion) in suspected {
        report.ruledOut.append(
          RuledOut(id: id, because: "the loss falls all the same; \(suspicion.summary)"))
      }
      return report
    }
    report.headline =
      health.map { health in
        guard facts.model == nil else { return "Cause not found: \(health.summary)" }
        let mark = LogFingerprint(facts).map { "; \($0.text)" } ?? ""
        if health.isSick || !mark.isEmpty {
          return "The log alone does not tell the cause: \(health.summary)\(mark)"
        }
        return "Whether this is sound the log alone does not tell: \(health.summary)"
      } ?? withoutRun(facts)
    postpone(suspected, to: &report, because: nil)
    return report
  }

  /// What can be said where neither a record nor a trial tells how the loss goes.
  private func withoutRun(_ facts: CaseFile) -> String {
    guard facts.model != nil || facts.compilation != nil else {
      return "Cannot tell: neither a record of the run nor a trial"
    }
    let rest = "only data to train on, or what the program printed, can tell"
    return suspected.first.map { id, suspicion in
      "No rule settles it; perhaps \(id): \(suspicion.summary); \(rest)"
    } ?? "Nothing is wrong in what is written out; \(rest) more"
  }

  /// Suspicions that no trial has decided are not examined; those that a found fault makes
  /// meaningless are ruled out until it is mended.
  private func postpone(
    _ suspicions: [(id: String, suspicion: Suspicion)], to report: inout Report, because: String?
  ) {
    for (id, suspicion) in suspicions {
      if let because {
        report.ruledOut.append(RuledOut(id: id, because: "\(because); \(suspicion.summary)"))
      } else {
        report.notExamined.append(
          NotExamined(
            id: id, needs: [Need.trials.rawValue],
            hint: "\(suspicion.summary); \(Need.trials.hint)"))
      }
    }
  }
}

extension CauseFinding {
  /// The finding as the first line of a report.
  package var headline: String {
    let title = CauseCatalogue.cause(id)?.title ?? id
    let cure = remedy.map { " Cure: \($0.summary)." } ?? ""
    return "\(id): \(summary.isEmpty ? title : summary).\(cure)"
  }
}
