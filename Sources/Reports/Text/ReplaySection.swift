import CaseFile

/// How far the engine agrees with the recorded run.
struct ReplaySection: TextSection {
  func lines(of report: Report, on page: Page) -> [String] {
    guard let replay = report.replay else { return [] }
    return page.wrapped("Replay: " + replay.summary).map { page.painted($0, .faint) }
  }
}
