import CaseFile

/// The loss at the end of each pair of trials, with and without the remedy, and both curves.
struct ProofTable {
  let proof: Proof

  func lines(on page: Page, drawingCurves: Bool) -> [String] {
    var lines = page.labelled("Proof:", "\(proof.series) at the end, \(Proof.conditions)")
    let rows = [["seed"] + Proof.columns] + proof.rows
    let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
    lines += rows.map { row in
      "    "
        + zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ").trimmingTrailingBlanks
    }
    if drawingCurves {
      lines.append("")
      lines += LossChart(panels: [
        LossChart.Panel(title: Proof.columns[0], curves: proof.baseline, tint: .alarm),
        LossChart.Panel(title: Proof.columns[1], curves: proof.remedied, tint: .well),
      ]).lines(on: page)
    }
    return lines
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
