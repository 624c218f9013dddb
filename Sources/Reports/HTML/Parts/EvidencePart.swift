import CaseFile

/// What was measured, as pictures where pictures say more.
struct EvidencePart: HTMLPart {
  func html(of report: Report) -> String {
    let figures = Pictures.evidence.flatMap { $0.figures(of: report) }
    return section(
      "measured", "What was measured",
      Figure.grid(figures, prefix: "measured") + badRows(of: report))
  }

  /// The places of values that are no numbers.
  private func badRows(of report: Report) -> String {
    guard let data = report.run?.data else { return "" }
    let arrays =
      data.features.map { ("x", $0) } + (data.targets.map { [("y", $0)] } ?? [])
      + data.validationFeatures.map { ("x_val", $0) }
      + (data.validationTargets.map { [("y_val", $0)] } ?? [])
    let rows = arrays.flatMap { name, array in
      array.nonFinite.map { place in
        [name, String(place.row), array.columnName(place.column)]
      }
    }
    guard !rows.isEmpty else { return "" }
    let count = arrays.reduce(0) { $0 + $1.1.nonFiniteRows }
    return HTMLText.table(
      "The first values that are NaN or infinite, of \(count) rows with such values; rows and "
        + "columns count from 0", head: ["array", "row", "column"], rows: rows)
  }
}
