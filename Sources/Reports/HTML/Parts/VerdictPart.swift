import CaseFile

/// The verdict in one sentence, and what the loss does.
struct VerdictPart: HTMLPart {
  func html(of report: Report) -> String {
    let complaint =
      report.complaint.text.isEmpty ? "" : "<p>\(HTMLText.sentence(report.complaint.text))</p>\n"
    let inputs = report.inputs.map { HTMLText.escaped($0.path) }.joined(separator: ", ")
    return """
      <header class="verdict \(report.verdict.rawValue)" id="verdict">
      <span class="badge">\(report.verdict.rawValue.uppercased())</span>
      <h1>\(HTMLText.escaped(report.headline))</h1>
      \(complaint)<p class="soft">\(inputs)</p>
      </header>

      """
  }
}
