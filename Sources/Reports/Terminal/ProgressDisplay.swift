import Synchronization

/// Tells on the message stream how far long work is: one line that is overwritten on a terminal,
/// and elsewhere a plain line now and then, so that a log does not fill.
package final class ProgressDisplay: Sendable {
  private struct State {
    var isShown = false
    var lastLine: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  private let isTerminal: Bool
  private let page: Page
  private let write: @Sendable (String) -> Void

  /// How long plain lines are apart: seldom enough for a log, often enough to see life.
  private static let plainInterval = Duration.seconds(5)
  /// How often a terminal's line changes; more often than the eye follows costs without use.
  private static let terminalInterval = Duration.milliseconds(100)

  /// A display.
  ///
  /// - Parameters:
  ///   - appearance: what the stream can do.
  ///   - isTerminal: whether a line can be overwritten.
  ///   - write: where the text goes.
  package init(
    appearance: Appearance, isTerminal: Bool, write: @escaping @Sendable (String) -> Void
  ) {
    page = Page(appearance: appearance)
    self.isTerminal = isTerminal
    self.write = write
  }

  /// A display on the stream for messages.
  package convenience init(environment: [String: String]) {
    let stream = OutputStream.messages
    self.init(
      appearance: stream.appearance(environment: environment), isTerminal: stream.isTerminal,
      write: { stream.write($0) })
  }

  /// Shows what is being done, unless the last line is too recent.
  package func update(_ text: @autoclosure () -> String) {
    let now = ContinuousClock.now
    let interval =
      isTerminal ? ProgressDisplay.terminalInterval : ProgressDisplay.plainInterval
    let isDue = state.withLock { state in
      if let last = state.lastLine, last.duration(to: now) < interval { return false }
      state.lastLine = now
      state.isShown = true
      return true
    }
    guard isDue else { return }
    let line = page.safe(text())
    if isTerminal {
      write("\r\u{1b}[2K" + line.prefix(page.appearance.width - 1))
    } else {
      write(line + "\n")
    }
  }

  /// Takes the line off a terminal, before something else is printed.
  package func clear() {
    let wasShown = state.withLock { state in
      defer { state.isShown = false }
      return state.isShown
    }
    if wasShown && isTerminal { write("\r\u{1b}[2K") }
  }
}
