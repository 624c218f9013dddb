import CaseFile

/// The verdict in one line, whatever else follows.
struct VerdictSection: TextSection {
  func lines(of report: Report, on page: Page) -> [String] {
    let (word, tint): (String, Page.Tint) =
      switch report.verdict {
      case .fault: ("FAULT", .alarm)
      case .healthy: ("HEALTHY", .well)
      case .undetermined: ("UNDETERMINED", .doubt)
      }
    return [page.painted(page.painted(word, tint), .strong) + "  " + page.safe(report.headline)]
  }
}
