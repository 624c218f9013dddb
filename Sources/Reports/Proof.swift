import CaseFile

/// What the trials of one cause show: the curves with and without the remedy, and their ends.
struct Proof {
  /// The series that is shown.
  let series: String
  /// The seeds of the pairs.
  let seeds: [Int]
  /// The curves of the run as it was, one a seed.
  let baseline: [[Double]]
  /// The curves of the run with the remedy, one a seed.
  let remedied: [[Double]]

  /// What both kinds of curves are called.
  static let columns = ["as it was", "with the remedy"]
  /// What a pair has in common.
  static let conditions = "from the same initial weights with the same batches"

  /// The proof of a cause.
  ///
  /// - Parameters:
  ///   - cause: the cause; without trials there is no proof.
  ///   - series: what the user complains of; where the trials lack it, `loss` stands in.
  init?(_ cause: CauseFinding, series: String) {
    guard !cause.trials.isEmpty else { return nil }
    let isShown = cause.trials.allSatisfy {
      $0.baseline[series] != nil && $0.remedied[series] != nil
    }
    let name = isShown ? series : "loss"
    self.series = name
    seeds = cause.trials.map(\.seed)
    baseline = cause.trials.map { $0.baseline[name] ?? [] }
    remedied = cause.trials.map { $0.remedied[name] ?? [] }
  }

  /// The loss at the end, a row a seed, then the median and the spread.
  var rows: [[String]] {
    func cell(_ value: Double?) -> String { value.map { NumberText.short($0) } ?? "-" }
    let ends = (baseline.map(\.last), remedied.map(\.last))
    var rows = seeds.indices.map { [String(seeds[$0]), cell(ends.0[$0]), cell(ends.1[$0])] }
    if seeds.count > 1 {
      rows.append(["median", cell(Proof.median(ends.0)), cell(Proof.median(ends.1))])
      rows.append(["spread", cell(Proof.spread(ends.0)), cell(Proof.spread(ends.1))])
    }
    return rows
  }

  /// The curve of the medians over the seeds.
  static func medianCurve(_ curves: [[Double]]) -> [Double] {
    (0..<(curves.map(\.count).max() ?? 0)).map { index in
      median(curves.map { index < $0.count ? $0[index] : nil }) ?? .nan
    }
  }

  /// The median; a run that ended in NaN or infinity counts as the worst.
  static func median(_ values: [Double?]) -> Double? {
    let sorted = values.compactMap { $0 }.sorted { ($0.isNaN ? .infinity : $0) < $1 }
    guard !sorted.isEmpty else { return nil }
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }

  /// The largest minus the smallest; none if a run did not end in a number.
  private static func spread(_ values: [Double?]) -> Double? {
    let known = values.compactMap { $0 }
    guard known.allSatisfy(\.isFinite), let low = known.min(), let high = known.max() else {
      return nil
    }
    return high - low
  }
}
