import CaseFile

/// The loss at the end of each pair of trials, with and without the remedy, and both curves.
struct ProofTable {
  let cause: CauseFinding
  /// The series that the user complains of; where the trials lack it, `loss` stands in.
  let series: String

  func lines(on page: Page, drawingCurves: Bool) -> [String] {
    let shown = cause.trials.allSatisfy {
      $0.baseline[series] != nil && $0.remedied[series] != nil
    }
    let name = shown ? series : "loss"
    let baseline = cause.trials.map { $0.baseline[name] ?? [] }
    let remedied = cause.trials.map { $0.remedied[name] ?? [] }
    var lines = page.labelled(
      "Proof:", "\(name) at the end, from the same initial weights with the same batches")
    lines += table(
      seeds: cause.trials.map(\.seed), baseline: baseline.map(\.last),
      remedied: remedied.map(\.last)
    )
    if drawingCurves {
      lines.append("")
      lines += LossChart(panels: [
        LossChart.Panel(title: "as it was", curves: baseline, tint: .alarm),
        LossChart.Panel(title: "with the remedy", curves: remedied, tint: .well),
      ]).lines(on: page)
    }
    return lines
  }

  private func table(seeds: [Int], baseline: [Double?], remedied: [Double?]) -> [String] {
    func cell(_ value: Double?) -> String { value.map { NumberText.short($0) } ?? "-" }
    var rows = [["seed", "as it was", "with the remedy"]]
    for (index, seed) in seeds.enumerated() {
      rows.append([String(seed), cell(baseline[index]), cell(remedied[index])])
    }
    if seeds.count > 1 {
      rows.append(["median", cell(median(baseline)), cell(median(remedied))])
      rows.append(["spread", cell(spread(baseline)), cell(spread(remedied))])
    }
    let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      "    "
        + zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ").trimmingTrailingBlanks
    }
  }

  /// The median; a run that ended in NaN or infinity counts as the worst.
  private func median(_ values: [Double?]) -> Double? {
    let sorted = values.compactMap { $0 }.sorted { ($0.isNaN ? .infinity : $0) < $1 }
    guard !sorted.isEmpty else { return nil }
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }

  /// The largest minus the smallest; none if a run did not end in a number.
  private func spread(_ values: [Double?]) -> Double? {
    let known = values.compactMap { $0 }
    guard known.allSatisfy(\.isFinite), let low = known.min(), let high = known.max() else {
      return nil
    }
    return high - low
  }
}

extension String {
  /// The text without blanks at its end.
  var trimmingTrailingBlanks: String {
    var end = endIndex
    while end > startIndex, self[index(before: end)] == " " { end = index(before: end) }
    return String(self[..<end])
  }
}
