import CaseFile

/// One part of the HTML report.
protocol HTMLPart: Sendable {
  /// A `section` element; empty if the report gives it nothing to say.
  func html(of report: Report) -> String
}

extension HTMLPart {
  /// A section with a heading.
  func section(_ id: String, _ heading: String, _ content: String) -> String {
    content.isEmpty
      ? ""
      : "<section aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(HTMLText.escaped(heading))</h2>\n"
        + content + "</section>\n"
  }
}
