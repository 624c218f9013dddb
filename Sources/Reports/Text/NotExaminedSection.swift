import CaseFile

/// The causes that could not be examined, by what is missing, and what the user can add.
struct NotExaminedSection: TextSection {
  func lines(of report: Report, on page: Page) -> [String] {
    guard !report.notExamined.isEmpty else { return [] }
    let items = report.notExamined.map { cause -> (key: String, id: String) in
      let needs = cause.needs.isEmpty ? "" : "needs " + cause.needs.joined(separator: ", ")
      return ([needs, cause.hint].filter { !$0.isEmpty }.joined(separator: "; "), cause.id)
    }
    let heading = page.painted("Not examined", .strong) + " (\(report.notExamined.count))"
    return [heading]
      + grouped(items).flatMap { group in
        page.wrapped(
          group.ids.joined(separator: ", ") + (group.key.isEmpty ? "" : ": " + group.key),
          first: "  ", rest: "      ")
      }
  }
}
