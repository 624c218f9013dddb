import Charts
import Foundation
import History
import Reports

/// Texts on the page.
enum PageText {
  /// Text from outside: controls as escapes, markup as entities.
  static func escaped(_ text: String) -> String { MarkupText.escaped(SafeText.escaped(text)) }

  /// A date that machines read, and people as well.
  static func time(_ date: Date) -> String {
    let machine = date.formatted(.iso8601)
    return
      "<time datetime=\"\(machine)\">\(machine.replacing("T", with: " ").replacing("Z", with: " UTC"))</time>"
  }

  /// How far a run is, as a coloured word.
  static func standing(_ run: RunRecord) -> String {
    let (word, kind): (String, String) =
      switch (run.status, run.verdict) {
      case (.finished, let verdict?): (verdict, verdict)
      case (.finished, nil): ("finished", "healthy")
      case (.running, _): ("running", "under-way")
      case (.vanished, _): ("broken off", "undetermined")
      case (.interrupted, _): ("interrupted", "undetermined")
      case (.failed, _): ("failed", "fault")
      }
    let safe =
      ["fault", "healthy", "undetermined", "under-way"].contains(kind) ? kind : "undetermined"
    return "<span class=\"pill \(safe)\">\(escaped(word))</span>"
  }
}
