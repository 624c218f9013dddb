import CaseFile
import Diagnosis

/// Which candidates cure, at the cost that the budget allows.
extension Search {
  /// So many candidates remain for trials of the usual length when the field was halved.
  private static let finalists = 2
  /// So many candidates are looked at however much they cost.
  private static let fewest = 4
  /// A part of a remedy is dropped if the run explains at most this much less without it.
  private static let missed = 0.02

  /// Tries candidates and keeps those that cure, the best first.
  ///
  /// Where trials of all of them cost more than a stage may, the field is halved (Karnin, Koren and
  /// Somekh 2013; Jamieson and Talwalkar 2016): short trials of all, longer ones of the better half,
  /// and so on; only trials of the usual length decide whether a candidate cures.
  mutating func cures(among candidates: [Candidate], baseline: [Outcome]) -> [Candidate] {
    var field = affordable(candidates)
    let total = field.map { budget.cost(of: $0.run) }.reduce(0, +)
    if total > budget.stage, field.count > Search.finalists {
      var rounds = 1.0
      while Double(field.count) / exponential(rounds * logarithm(2)) > Double(Search.finalists) {
        rounds += 1
      }
      while field.count > Search.finalists {
        let cost = field.map { budget.cost(of: $0.run) }.reduce(0, +)
        let share = budget.stage / (rounds + 1) / cost
        guard share < 1 else { break }
        let results = outcomes(field.map(\.run), seeds: [Search.firstSeed], share: share)
        let ranked = zip(field, results).enumerated().map { place, pair in
          var tried = pair.0
          tried.outcomes = pair.1
          return (place: place, candidate: pair.0, score: tried.score(baseline: baseline))
        }.sorted { ($1.score, $0.place) < ($0.score, $1.place) }
        field = ranked.prefix(max(Search.finalists, (field.count + 1) / 2)).map(\.candidate)
      }
    }
    return tried(field, baseline: baseline)
      .filter { candidate in
        CureCriterion(
          baseline: self.baseline(baseline, for: candidate), remedied: candidate.outcomes,
          measure: candidate.measure
        ).isCure
      }
      .sorted { first, second in
        first.isProbable != second.isProbable
          ? first.isProbable : first.score(baseline: baseline) > second.score(baseline: baseline)
      }
  }

  /// The run as it is, judged as a candidate is.
  private mutating func baseline(_ own: [Outcome], for candidate: Candidate) -> [Outcome] {
    guard let loss = candidate.judgingLoss else { return own }
    return firstOutcome(run, judgedBy: loss).map { [$0] } ?? own
  }

  private mutating func tried(_ candidates: [Candidate], baseline: [Outcome]) -> [Candidate] {
    zip(candidates, outcomes(candidates.map(\.run), seeds: [Search.firstSeed])).map {
      var tried = $0
      tried.outcomes = $1
      return tried
    }
  }

  /// Those that a stage can afford at all, by estimated gain per cost.
  private func affordable(_ candidates: [Candidate]) -> [Candidate] {
    let shortest = candidates.map { candidate in
      budget.cost(of: candidate.run, share: 0)
    }
    guard shortest.reduce(0, +) > budget.stage else { return candidates }
    let order = candidates.indices.sorted { first, second in
      let gain = { (index: Int) in candidates[index].causes[0].suspicion.prior / shortest[index] }
      return (gain(second), first) < (gain(first), second)
    }
    var (kept, cost) = (Set<Int>(), 0.0)
    for index in order where kept.count < Search.fewest || cost + shortest[index] <= budget.stage {
      kept.insert(index)
      cost += shortest[index]
    }
    return candidates.indices.filter(kept.contains).map { candidates[$0] }
  }

  /// A cure without the parts that it does as well without. The parts of a remedy are what it sets: all
  /// activations are one part, all initialisers another.
  mutating func minimised(_ cure: Candidate, baseline: [Outcome]) -> Candidate {
    guard cure.causes.count == 1 else { return cure }
    var smallest = cure
    for part in Search.parts(cure.edits) where Search.parts(smallest.edits).count > 1 {
      var smaller = smallest
      smaller.edits.removeAll { Search.part($0) == part }
      guard let run = try? self.run.applying(smaller.edits) else { continue }
      smaller.run = run
      smaller.outcomes = outcomes([run], seeds: [Search.firstSeed])[0]
      let criterion = CureCriterion(
        baseline: baseline, remedied: smaller.outcomes, measure: smaller.measure)
      let whole = CureCriterion(
        baseline: baseline, remedied: smallest.outcomes, measure: smaller.measure)
      guard criterion.isCure, criterion.after >= whole.after - Search.missed else { continue }
      smaller.summary = Remedy(edits: smaller.edits).summary
      smallest = smaller
    }
    return smallest
  }

  /// The parts in their order, the last first: what comes first in a remedy is its gist.
  private static func parts(_ edits: [Edit]) -> [String] {
    var parts: [String] = []
    for edit in edits.reversed() where !parts.contains(part(edit)) { parts.append(part(edit)) }
    return parts
  }

  private static func part(_ edit: Edit) -> String {
    let path = edit.target.split(separator: ".")
    return path.first == "layers" ? String(path.last ?? "") : edit.target
  }
}
