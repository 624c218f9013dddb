import CaseFile

/// The causes that could not be examined, and what to add.
struct NotExaminedPart: HTMLPart {
  func html(of report: Report) -> String {
    guard !report.notExamined.isEmpty else { return "" }
    let groups = grouped(
      report.notExamined.map {
        (key: $0.needs.joined(separator: ", ") + "\u{0}" + $0.hint, id: $0.id)
      })
    let rows = groups.map { group in
      [group.ids.joined(separator: ", ")]
        + group.key.split(separator: "\u{0}", omittingEmptySubsequences: false).map(String.init)
    }
    return section(
      "not-examined", "Not examined (\(report.notExamined.count))",
      HTMLText.table(
        "Causes that could not be examined with what was given",
        head: ["cause", "needs", "what to add"], rows: rows))
  }
}
