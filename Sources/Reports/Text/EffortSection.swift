import CaseFile

/// How long it took, and whether any trial was run.
struct EffortSection: TextSection {
  func lines(of report: Report, on page: Page) -> [String] {
    let timing = report.timing
    var parts = ["rules \(NumberText.duration(seconds: timing.statics))"]
    if timing.probes > 0 { parts.append("probes \(NumberText.duration(seconds: timing.probes))") }
    parts.append(
      report.trialsRan ? "trials \(NumberText.duration(seconds: timing.trials))" : "no trials run")
    return page.wrapped(parts.joined(separator: ", ")).map { page.painted($0, .faint) }
  }
}
