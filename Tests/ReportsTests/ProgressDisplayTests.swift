import Reports
import Synchronization
import Testing

@Suite("Progress")
struct ProgressDisplayTests {
  private func display(
    terminal: Bool, secondsAgo: Int, _ lines: Lines, unicode: Bool = true
  ) -> ProgressDisplay {
    ProgressDisplay(
      appearance: Appearance(width: 60, usesColour: false, usesUnicode: unicode),
      isTerminal: terminal, start: .now - .seconds(secondsAgo), write: { lines.add($0) })
  }

  @Test("says nothing of work that takes less than a second")
  func short() {
    let lines = Lines()
    let progress = display(terminal: true, secondsAgo: 0, lines)
    progress.update("trying")
    progress.clear()
    #expect(lines.all == [])
  }

  @Test("is one line on a terminal, no wider than it, and taken off at the end")
  func terminal() {
    let lines = Lines()
    let progress = display(terminal: true, secondsAgo: 5, lines)
    progress.update("trying " + String(repeating: "x", count: 200) + "\u{1b}[31m")
    progress.clear()
    #expect(lines.all.count == 2)
    let line = lines.all[0].replacing("\r\u{1b}[2K", with: "")
    #expect(line.count <= 60 && line.hasPrefix("trying") && line.hasSuffix("5.0 s"))
    #expect(lines.all[1] == "\r\u{1b}[2K")
  }

  @Test("is a plain line now and then elsewhere")
  func plain() {
    let lines = Lines()
    let progress = display(terminal: false, secondsAgo: 5, lines)
    for number in 1...100 { progress.update("trial \(number)") }
    progress.clear()
    #expect(lines.all == ["trial 1\n"])
  }
}

/// What was written.
private final class Lines: Sendable {
  private let lines = Mutex([String]())
  func add(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }
}
