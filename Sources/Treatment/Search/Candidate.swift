import CaseFile
import Diagnosis
import JSON

/// A set of remedies that may cure, with what a trial of it gave.
struct Candidate: Sendable {
  /// The causes it would remove, the first one being the answer.
  var causes: [(id: String, suspicion: Suspicion)]
  /// Their edits.
  var edits: [Edit]
  /// What the edits do, in a few words.
  var summary: String
  /// The run with the edits.
  var run: Run
  /// What its trials came to.
  var outcomes: [Outcome] = []

  /// Whether the first cause is one that would be named without a trial.
  var isProbable: Bool { causes[0].suspicion.prior >= Judgement.namedPrior }

  /// By which figure its trials are judged.
  var measure: Suspicion.Measure { causes[0].suspicion.measure }

  /// A cure by few edits of a probable cause is preferred to a slightly better one by others: half of
  /// the smallest gain that counts, for a certain cause; a hundredth for each edit.
  private static let priorWeight = 0.15 / 2
  private static let editWeight = 0.01

  /// By what candidates are ranked: the level that the run reached, the prior, and the edits.
  func score(baseline: [Outcome]) -> Double {
    let criterion = CureCriterion(baseline: baseline, remedied: outcomes, measure: measure)
    let prior = causes.map(\.suspicion.prior).reduce(1, *)
    return criterion.after + Candidate.priorWeight * prior
      - Candidate.editWeight * Double(edits.count)
  }

  /// The loss by which the run is judged with the remedy and without, where the remedy sets another
  /// loss for the same targets; `nil`: each is judged by its own.
  var judgingLoss: JSONValue? { edits.first { $0.target == "loss" }?.to }

  /// A candidate for each remedy of each suspicion that can be applied to the run.
  static func all(
    _ suspicions: [(id: String, suspicion: Suspicion)], on run: Run, _ facts: CaseFile
  ) -> [Candidate] {
    suspicions.flatMap { cause -> [Candidate] in
      let further = RemedyCatalogue.remedies(for: cause.id, of: run, facts)
      return (cause.suspicion.remedies + further).compactMap { remedy -> Candidate? in
        guard let edited = try? run.applying(remedy.edits) else { return nil }
        return Candidate(
          causes: [cause], edits: remedy.edits, summary: remedy.summary, run: edited)
      }
    }
  }

  /// Both remedies together; `nil` if they set the same thing or belong to the same cause.
  func joined(with other: Candidate, on run: Run) -> Candidate? {
    let targets = Set(edits.map(\.target))
    guard causes[0].id != other.causes[0].id, measure == other.measure,
      !other.edits.contains(where: { targets.contains($0.target) }),
      let edited = try? run.applying(edits + other.edits)
    else { return nil }
    let isFirst = causes[0].suspicion.prior >= other.causes[0].suspicion.prior
    return Candidate(
      causes: isFirst ? causes + other.causes : other.causes + causes,
      edits: isFirst ? edits + other.edits : other.edits + edits,
      summary: isFirst ? "\(summary); \(other.summary)" : "\(other.summary); \(summary)",
      run: edited)
  }
}
