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
      if !cause.trials.isEmpty {
        lines.append("")
        lines += ProofTable(cause: cause, series: report.complaint.series)
          .lines(on: page, drawingCurves: index == drawn)
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
    let standing =
      switch (cause.isProven, cause.trials.isEmpty, report.trialsRan) {
      case (true, false, _): "proven by \(cause.trials.count) trials"
      case (true, true, _): "settled by rule"
      case (false, false, _): "not proven by trial"
      case (false, true, true): "not proven"
      case (false, true, false): "not tried"
      }
    let title = page.painted(label + page.safe(cause.id), .strong)
    let place = cause.location.map {
      ", " + page.safe("\($0.path):\($0.line):\($0.column)")
    }
    let sure = "\(NumberText.percentage(cause.confidence)) sure"
    return [title + " (\(standing), \(sure)\(place ?? ""))"]
  }

  private func evidence(_ cause: CauseFinding, on page: Page) -> [String] {
    guard !cause.evidence.isEmpty else { return [] }
    let bullet = "    " + page.sign("·") + " "
    let items = cause.evidence.flatMap { piece in
      var text = piece.text
      if let sample = piece.sample, !text.contains(sample) { text += " (\(sample))" }
      return page.wrapped(text, first: bullet, rest: "      ")
    }
    return ["  " + page.painted("Evidence:", .strong)] + items
  }

  private func remedy(_ cause: CauseFinding, on page: Page) -> [String] {
    var lines: [String] = []
    if let remedy = cause.remedy {
      lines += page.labelled("Remedy:", remedy.summary)
      for edit in remedy.edits {
        let change =
          edit.from.isNull
          ? "\(edit.target) = \(short(edit.to))"
          : "\(edit.target): \(short(edit.from)) → \(short(edit.to))"
        lines += page.wrapped(change, first: "    ")
      }
      if !remedy.python.isEmpty {
        lines.append("    In Python:")
        // Code is to be copied: it keeps its own line breaks, and no line is wrapped.
        for text in remedy.python {
          lines += text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "      " + page.safe(String($0)) }
        }
      }
    }
    if let advice = cause.advice { lines += page.labelled("Advice:", advice) }
    return lines
  }

  /// A value of an edit in few words: configurations can be long, and the Python lines have all.
  private func short(_ value: JSONValue) -> String {
    switch value {
    case .null: return "none"
    case .bool(let flag): return flag ? "True" : "False"
    case .int(let number): return String(number)
    case .double(let number): return NumberText.short(number, digits: 6)
    case .string(let text): return text
    case .array(let elements) where elements.count <= 8:
      return "[" + elements.map(short).joined(separator: ", ") + "]"
    case .array(let elements): return "\(elements.count) values"
    case .object(let object):
      if let name = object["class_name"]?.string { return name }
      if object.members.count > 8 { return "\(object.members.count) values" }
      return object.members.map { "\($0.key): \(short($0.value))" }.joined(separator: ", ")
    }
  }
}
