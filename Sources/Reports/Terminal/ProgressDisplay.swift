import Dispatch
import Synchronization

/// Tells on the message stream how far long work is: one line that is overwritten on a terminal,
/// and elsewhere a plain line now and then, so that a log does not fill.
///
/// Work that takes less than a second says nothing at all.
package final class ProgressDisplay: Sendable {
  private struct State {
    var text = ""
    var shown = ""
    var isShown = false
    var lastLine: ContinuousClock.Instant?
    var timer: (any DispatchSourceTimer)?
  }

  private let state = Mutex(State())
  private let isTerminal: Bool
  private let page: Page
  private let start: ContinuousClock.Instant
  private let write: @Sendable (String) -> Void

  /// Work that takes less needs no progress.
  private static let patience = Duration.seconds(1)
  /// How long plain lines are apart: seldom enough for a log, often enough to see life.
  private static let plainInterval = Duration.seconds(5)
  /// How often a terminal's line changes; more often than the eye follows costs without use.
  private static let terminalInterval = Duration.milliseconds(100)
  /// How often the time in a terminal's line goes on, in milliseconds.
  private static let tick = 500

  /// A display.
  ///
  /// - Parameters:
  ///   - appearance: what the stream can do.
  ///   - isTerminal: whether a line can be overwritten.
  ///   - start: when the work began.
  ///   - write: where the text goes.
  package init(
    appearance: Appearance, isTerminal: Bool, start: ContinuousClock.Instant = .now,
    write: @escaping @Sendable (String) -> Void
  ) {
    page = Page(appearance: appearance)
    self.isTerminal = isTerminal
    self.start = start
    self.write = write
  }

  /// A display on the stream for messages.
  package convenience init(environment: [String: String]) {
    let stream = OutputStream.messages
    self.init(
      appearance: stream.appearance(environment: environment), isTerminal: stream.isTerminal,
      write: { stream.write($0) })
  }

  /// Shows what is being done, unless the last line is too recent; then it is shown later, if
  /// nothing else is by then.
  package func update(_ text: @autoclosure () -> String) {
    let text = text()
    state.withLock { state in
      state.text = text
      guard state.timer == nil else { return }
      let timer = DispatchSource.makeTimerSource(queue: .global(qos: .utility))
      timer.schedule(
        deadline: .now() + .milliseconds(ProgressDisplay.tick),
        repeating: .milliseconds(ProgressDisplay.tick))
      timer.setEventHandler { [weak self] in self?.draw(isTick: true) }
      timer.resume()
      state.timer = timer
    }
    draw(isTick: false)
  }

  private func draw(isTick: Bool) {
    let now = ContinuousClock.now
    let spent = start.duration(to: now)
    guard spent >= ProgressDisplay.patience else { return }
    let interval =
      isTerminal ? ProgressDisplay.terminalInterval : ProgressDisplay.plainInterval
    // Written under the lock, so that no line follows after `clear`.
    state.withLock { state in
      guard state.timer != nil else { return }
      if let last = state.lastLine, last.duration(to: now) < interval { return }
      if !isTerminal && state.text == state.shown { return }
      state.lastLine = now
      state.isShown = true
      state.shown = state.text
      let line = page.safe(state.text)
      guard isTerminal else { return write(line + "\n") }
      let time = "  " + NumberText.duration(seconds: (spent / .seconds(1)).rounded(.down))
      write("\r\u{1b}[2K" + page.painted(line.prefix(page.appearance.width - 12) + time, .faint))
    }
  }

  /// Takes the line off a terminal, before something else is printed.
  package func clear() {
    state.withLock { state in
      state.timer?.cancel()
      state.timer = nil
      if state.isShown && isTerminal { write("\r\u{1b}[2K") }
      state.isShown = false
      state.lastLine = nil
    }
  }
}
