package import Diagnosis

/// The manual page of one cause, with the examples that are also its tests.
package struct CausePage {
  private let cause: any Cause

  /// The page of a cause.
  package init(_ cause: any Cause) { self.cause = cause }

  /// The page for a terminal.
  package func text(for appearance: Appearance) -> String {
    let page = Page(appearance: appearance)
    var lines = [page.painted(cause.id, .strong) + "  " + page.safe(cause.title), ""]
    lines += paragraphs(cause.explanation).flatMap { page.wrapped($0) + [""] }
    if !cause.needs.isEmpty { lines += page.wrapped("To examine it: \(needs).") + [""] }
    for example in cause.examples {
      let word = example.isSick ? "Sick: " : "Healthy: "
      let tint: Page.Tint = example.isSick ? .alarm : .well
      let title = page.wrapped(example.title, first: String(repeating: " ", count: word.count))
      lines.append(page.painted(word, tint) + (title.first ?? "").dropFirst(word.count))
      lines += title.dropFirst()
      lines += code(example).map { "    " + page.safe($0) } + [""]
    }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The page as Markdown, for the documentation.
  package var markdown: String {
    var lines = ["# \(cause.id)", "", "**\(cause.title)**", ""]
    lines += paragraphs(cause.explanation).flatMap { [$0, ""] }
    if !cause.needs.isEmpty { lines += ["To examine it: \(needs).", ""] }
    for example in cause.examples {
      lines += ["## \(example.isSick ? "Sick" : "Healthy"): \(example.title)", "", "```python"]
      lines += code(example) + ["```", ""]
    }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private var needs: String { cause.needs.map(\.rawValue).joined(separator: ", ") }

  /// The paragraphs of a text, whatever line breaks its source has.
  private func paragraphs(_ text: String) -> [String] {
    var paragraphs: [String] = []
    var words: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        if !words.isEmpty { paragraphs.append(words.joined(separator: " ")) }
        words = []
      } else {
        words += line.split(separator: " ")
      }
    }
    return words.isEmpty ? paragraphs : paragraphs + [words.joined(separator: " ")]
  }

  private func code(_ example: Example) -> [String] {
    var lines = example.python.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last == "" { lines.removeLast() }
    return lines.map(String.init)
  }
}
