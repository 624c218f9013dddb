import CaseFile
import JSON

/// The causes, the most probable first, each with its evidence, its remedy and its proof.
struct CausesSection: TextSection {
  func lines(of report: Report, on page: Page) -> [String] {
    // One pair of curves is enough: the first cause with trials is the one that the verdict names.
    let drawn = report.causes.firstIndex { !$0.trials.isEmpty }
    var lines: [String] = []
    for (index, cause) in report.causes.enumerated() {
      if index > 0 { lines.append("") }
      lines += heading(cause, number: index + 1, of: report, on: page)
      lines += page.wrapped(cause.summary, first: "  ")
      lines += evidence(cause, on: page)
      lines += remedy(cause, on: page)
      if let proof = Proof(cause, series: report.complaint.series) {
        lines.append("")
        lines += ProofTable(proof: proof).lines(on: page, drawingCurves: index == drawn)
      }
    }
    return lines
  }

  private func heading(
    _ cause: CauseFinding, number: Int, of report: Report, on page: Page
  ) -> [String] {
    let count = report.causes.count
    // A healthy run may still have a number that needs explaining; that is no cause of a fault.
    let word = report.verdict == .healthy ? "Note" : "Cause"
    let label = count > 1 ? "\(word) \(number) of \(count): " : "\(word): "
    let title = page.painted(label + page.safe(cause.id), .strong)
    let place = cause.location.map { location in
      let cell = location.cell.map { "cell \($0), " } ?? ""
      return page.safe(
        cell.isEmpty
          ? "\(location.path):\(location.line):\(location.column)"
          : "\(location.path), \(cell)line \(location.line), column \(location.column)")
    }
    let sure = "\(percentage(cause.confidence)) sure"
    let standing = "\(cause.standing(in: report)), \(sure)"
    guard let place else { return [title + " (\(standing))"] }
    let isShort =
      label.count + cause.id.count + standing.count + place.count + 5 <= page.proseWidth
    // A place is one word, so that a terminal makes a link of it; a long one has a line of its own.
    return isShort
      ? [title + " (\(standing), \(place))"] : [title + " (\(standing))", "  at \(place)"]
  }

  private func evidence(_ cause: CauseFinding, on page: Page) -> [String] {
    guard !cause.evidence.isEmpty else { return [] }
    let bullet = "    " + page.sign("·") + " "
    let items = cause.evidence.flatMap {
      page.wrapped($0.sentence, first: bullet, rest: "      ")
    }
    return ["  " + page.painted("Evidence:", .strong)] + items
  }

  /// A line of code longer than this is a list of hundreds of numbers, which nobody reads.
  private static let longestLine = 400
  private static let shownOfLongLine = 100

  /// A line that fits on a screen; the other forms of the report hold all of it.
  private func shortened(_ code: String) -> String {
    guard code.count > CausesSection.longestLine else { return code }
    let (head, tail) = (
      code.prefix(CausesSection.shownOfLongLine), code.suffix(CausesSection.shownOfLongLine)
    )
    return "\(head) … \(tail)  # shortened: -o report.json holds the whole line"
  }

  private func remedy(_ cause: CauseFinding, on page: Page) -> [String] {
    var lines: [String] = []
    if let remedy = cause.remedy {
      lines += page.labelled("Remedy:", remedy.summary)
      for edit in remedy.edits {
        let change =
          edit.from.isNull
          ? "\(edit.target) = \(edit.to.brief)"
          : "\(edit.target): \(edit.from.brief) → \(edit.to.brief)"
        lines += page.wrapped(change, first: "    ")
      }
      if !remedy.python.isEmpty {
        lines.append("    In Python:")
        // Code is to be copied: it keeps its own line breaks, and no line is wrapped.
        for text in remedy.python {
          lines += text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "      " + page.safe(shortened(String($0))) }
        }
      }
    }
    if let advice = cause.advice { lines += page.labelled("Advice:", advice) }
    return lines
  }
}
