import CaseFile
import Charts
import JSON

/// Each cause with its evidence, its remedy as a diff, and its proof.
struct CausesPart: HTMLPart {
  /// More suspect rows than a reader looks through; a file has them all.
  private static let shownRows = 20

  func html(of report: Report) -> String {
    report.causes.enumerated().map { index, cause in
      let word = report.verdict == .healthy ? "Note" : "Cause"
      let label = report.causes.count > 1 ? "\(word) \(index + 1)" : word
      let place = cause.location.map { ", \($0.path):\($0.line):\($0.column)" } ?? ""
      let standing =
        "\(cause.standing(in: report)), \(percentage(cause.confidence)) sure\(place)"
      var content = "<p class=\"soft\">\(HTMLText.escaped(standing))</p>\n"
      content += "<p>\(HTMLText.sentence(cause.summary))</p>\n"
      content += evidence(cause) + suspects(cause) + remedy(cause)
      content += proof(cause, number: index + 1, of: report)
      return section("cause-\(index + 1)", "\(label): \(cause.id)", content)
    }.joined()
  }

  private func evidence(_ cause: CauseFinding) -> String {
    guard !cause.evidence.isEmpty else { return "" }
    let items = cause.evidence.map { "<li>\(HTMLText.escaped($0.sentence))</li>\n" }
    return "<h3>Evidence</h3>\n<ul>\n\(items.joined())</ul>\n"
  }

  private func suspects(_ cause: CauseFinding) -> String {
    guard let rows = cause.suspectRows, !rows.isEmpty else { return "" }
    let shown = rows.prefix(CausesPart.shownRows).map { row in
      [
        String(row.row), row.found, row.expected ?? "",
        row.confidence.map { percentage($0) } ?? "",
      ]
    }
    let caption =
      shown.count < rows.count
      ? "The first \(shown.count) of \(rows.count) suspect rows, counted from 0"
      : "Suspect rows, counted from 0"
    return HTMLText.table(caption, head: ["row", "found", "expected", "sure"], rows: shown)
  }

  private func remedy(_ cause: CauseFinding) -> String {
    var html = ""
    if let remedy = cause.remedy {
      html += "<h3>Remedy</h3>\n<p>\(HTMLText.sentence(remedy.summary))</p>\n"
      if !remedy.edits.isEmpty {
        let lines = remedy.edits.map { edit -> String in
          let old = edit.from.isNull ? "" : "<del>- \(line(edit.target, edit.from.brief))</del>"
          return old + "<ins>+ \(line(edit.target, edit.to.brief))</ins>"
        }
        html += "<pre aria-label=\"the change\"><code>\(lines.joined())</code></pre>\n"
      }
      if !remedy.python.isEmpty {
        html += "<p class=\"soft\">In Python:</p>\n<pre><code>"
        html += HTMLText.code(remedy.python.joined(separator: "\n")) + "</code></pre>\n"
      }
    }
    if let advice = cause.advice {
      html += "<h3>Advice</h3>\n<p>\(HTMLText.sentence(advice))</p>\n"
    }
    return html
  }

  private func line(_ target: String, _ value: String) -> String {
    HTMLText.escaped("\(target) = \(value)")
  }

  private func proof(_ cause: CauseFinding, number: Int, of report: Report) -> String {
    guard let proof = Proof(cause, series: report.complaint.series) else { return "" }
    let figure = ProofPicture(proof: proof).figure
    return "<h3>Proof</h3>\n" + Figure.grid([figure], prefix: "proof-\(number)")
      + HTMLText.table(
        "\(proof.series) at the end, \(Proof.conditions)", head: ["seed"] + Proof.columns,
        rows: proof.rows, isNumeric: true)
  }
}
