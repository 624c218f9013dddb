public import CaseFile

/// What a cause has to say about a case.
public enum Examination: Hashable, Sendable {
  /// The evidence settles it: the fault is there.
  case found(CauseFinding)
  /// Something points to it; only a trial can tell.
  case suspected(Suspicion)
  /// The evidence settles it: the fault is not there.
  case ruledOut(String)
  /// What would settle it is not known.
  case notExamined(needs: [Need], hint: String)
}

/// A cause that may be there, with the remedies whose trial would prove it.
public struct Suspicion: Hashable, Sendable {
  /// How probable the cause is before any trial, from 0 to 1, given that the run is sick.
  public var prior: Double
  /// The suspicion in one sentence with its figures.
  public var summary: String
  /// What speaks for it.
  public var evidence: [Evidence]
  /// Remedies to try, the likeliest first; the first that cures is kept.
  public var remedies: [Remedy]
  /// By which figure a trial of the remedies is judged.
  public var measure: Measure
  /// Rows of the data that the suspicion is about, the most suspect first; `nil`: none are named.
  public var suspectRows: [SuspectRow]?

  /// By which figure a trial is judged.
  public enum Measure: String, Hashable, Sendable {
    /// The loss over all rows.
    case overall
    /// The loss with every class counted the same.
    case balanced
    /// The loss on held-out rows alone, for remedies that take training rows away.
    case heldOut
  }

  /// A suspicion.
  public init(
    prior: Double, summary: String, evidence: [Evidence], remedies: [Remedy],
    judgedBy measure: Measure = .overall, suspectRows: [SuspectRow]? = nil
  ) {
    self.measure = measure
    self.suspectRows = suspectRows
    self.prior = prior
    self.summary = summary
    self.evidence = evidence
    self.remedies = remedies
  }
}

/// What a cause must know to be examined.
public enum Need: String, Hashable, Sendable, CaseIterable {
  /// The model and the arguments of `compile`.
  case model
  /// The targets.
  case labels
  /// The features.
  case features
  /// Validation data.
  case validation = "validation data"
  /// The history or the console log of the run.
  case log
  /// Probes and trials, which need the model and the data and take seconds.
  case trials

  /// What the user can add to meet the need.
  public var hint: String {
    switch self {
    case .model: "add the model: model.save(\"model.keras\")"
    case .labels, .features: "add the training data: --data train.npz with x and y"
    case .validation: "add validation data: --validation val.npz, or x_val and y_val in --data"
    case .log: "add what the program printed: python train.py > run.log"
    case .trials: "run without --quick, with the model and its data"
    }
  }

  /// Whether a case holds what is needed; trials count from the first measurement on.
  package func isMet(by facts: CaseFile) -> Bool {
    switch self {
    case .model: facts.compilation != nil && facts.model != nil
    case .labels: facts.data?.targets != nil
    case .features: !(facts.data?.features ?? []).isEmpty
    case .validation:
      !(facts.data?.validationFeatures ?? []).isEmpty || (facts.fit?.validationSplit ?? 0) > 0
    case .log: !(facts.recorded?.history ?? [:]).isEmpty
    case .trials: facts.measurements != nil
    }
  }
}

extension Need {
  /// What the user can add to meet all of these needs, each hint once.
  package static func hint(_ needs: [Need]) -> String {
    let hints = needs.map(\.hint)
    return hints.enumerated().filter { hints.firstIndex(of: $1) == $0 }.map(\.1)
      .joined(separator: "; ")
  }
}

extension NotExamined {
  /// A cause that could not be examined. Of what is known already nothing is asked for.
  package init(id: String, needs: [Need], hint: String, in facts: CaseFile) {
    self.init(id: id, needs: needs.map(\.rawValue), hint: hint)
    for need in needs where need.isMet(by: facts) { drop(need) }
  }

  /// Asks for something no more. A hint that a cause gives in words of its own stays.
  package mutating func drop(_ need: Need) {
    let known = needs.compactMap(Need.init)
    let isOwnHint = hint != Need.hint(known)
    let left = known.filter { $0 != need }
    needs = left.map(\.rawValue)
    if !isOwnHint { hint = Need.hint(left) }
  }
}
