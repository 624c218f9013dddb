import CaseFile

/// What the loss does, and the user's own curve where no trial draws it better.
struct ComplaintSection: TextSection {
  func lines(of report: Report, on page: Page) -> [String] {
    var lines = page.wrapped(report.complaint.text)
    let drawnBelow = report.causes.contains { !$0.trials.isEmpty }
    if !drawnBelow && report.curve.count > 1 {
      lines.append("")
      lines += LossChart(panels: [
        LossChart.Panel(title: "the run as it is", curves: [report.curve], tint: nil)
      ]).lines(on: page)
    }
    return report.complaint.text.isEmpty && lines.count < 2 ? [] : lines
  }
}
