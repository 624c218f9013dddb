package import Diagnosis

/// The list of all causes: id and name.
package struct CauseList {
  private let causes: [any Cause]

  /// A list of causes, in their order.
  package init(_ causes: [any Cause]) { self.causes = causes }

  /// One line a cause, for a terminal.
  package func text(for appearance: Appearance) -> String {
    let page = Page(appearance: appearance)
    let width = causes.map(\.id.count).max() ?? 0
    return causes.map { cause in
      let gap = String(repeating: " ", count: width - cause.id.count + 2)
      return page.painted(cause.id, .strong) + gap + page.safe(cause.title) + "\n"
    }.joined()
  }

  /// A Markdown list with a link to each page.
  package var markdown: String {
    let lines = causes.map { "- [`\($0.id)`](\($0.id).md): \($0.title)" }
    return (["# Causes", ""] + lines).joined(separator: "\n") + "\n"
  }
}
