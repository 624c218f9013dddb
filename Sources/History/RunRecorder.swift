public import CaseFile
import Dispatch
import Foundation
import Synchronization

/// Writes one run into the history while it is under way, beside the work instead of within it.
///
/// It never throws and never holds the work up: what cannot be written (a full disk, a file that may
/// not be written to) is told once, and from then on nothing more is tried.
public final class RunRecorder: Sendable {
  private struct State {
    var run: Int64?
    var values: [HistoryStore.Value] = []
    var notes: [String] = []
    var findings: Report?
    var settings: [String: String]?
    var isScheduled = false
    var store: HistoryStore?
    var hasFailed = false
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "downhill.history")
  private let path: String
  private let tell: @Sendable (String) -> Void

  /// How long values are gathered before they are written, in milliseconds: a page that follows
  /// shows them soon enough, and a fast run writes seldom.
  private static let delay = 200

  /// A recorder of a run that begins now.
  ///
  /// - Parameters:
  ///   - path: the history.
  ///   - run: what is known of the run.
  ///   - tell: told once if the history cannot be written.
  public init(path: String, run: NewRun, tell: @escaping @Sendable (String) -> Void) {
    self.path = path
    self.tell = tell
    queue.async { [self] in
      attempt {
        let store = try HistoryStore(path: path)
        let number = try store.begin(run)
        state.withLock { ($0.store, $0.run) = (store, number) }
      }
    }
  }

  /// The number of the run in the history; `nil` if it cannot be written. Waits for its beginning.
  public var number: Int64? { queue.sync { state.withLock { $0.run } } }

  /// Values of a step.
  public func record(_ values: [HistoryStore.Value]) {
    schedule { $0.values += values }
  }

  /// Something that is being done, in a few words; the same words twice in a row are kept once.
  public func note(_ text: String) {
    schedule { state in
      if state.notes.last != text { state.notes.append(text) }
    }
  }

  /// What is known so far in a diagnosis; the last one counts.
  public func show(_ findings: Report) {
    schedule { $0.findings = findings }
  }

  /// The arguments of compile and fit, where they were not known at the beginning.
  public func describe(_ settings: [String: String]) {
    schedule { $0.settings = settings }
  }

  /// Ends the run, and waits until everything is written or has failed.
  ///
  /// - Parameter values: values that were not recorded on the way.
  public func finish(_ ending: HistoryStore.Ending, values: [HistoryStore.Value] = []) {
    queue.sync {
      flush()
      let (store, run) = state.withLock { ($0.hasFailed ? nil : $0.store, $0.run) }
      guard let store, let run else { return }
      attempt { try store.end(run, ending, values: values) }
    }
  }

  private func schedule(_ change: (inout State) -> Void) {
    let isNew = state.withLock { state in
      guard !state.hasFailed else { return false }
      change(&state)
      defer { state.isScheduled = true }
      return !state.isScheduled
    }
    guard isNew else { return }
    queue.asyncAfter(deadline: .now() + .milliseconds(RunRecorder.delay)) { self.flush() }
  }

  private func flush() {
    let news = state.withLock { state in
      let news = state
      (state.values, state.notes, state.isScheduled) = ([], [], false)
      (state.findings, state.settings) = (nil, nil)
      return news
    }
    guard let store = news.store, let run = news.run, !news.hasFailed else { return }
    attempt {
      if let settings = news.settings { try store.keep(settings: settings, of: run) }
      if let findings = news.findings { try store.keep(findings: findings, of: run) }
      if !news.values.isEmpty || !news.notes.isEmpty {
        try store.append(news.values, notes: news.notes, to: run)
      }
    }
  }

  private func attempt(_ work: () throws -> Void) {
    do {
      try work()
    } catch {
      let isFirst = state.withLock { state in
        defer { state.hasFailed = true }
        return !state.hasFailed
      }
      if isFirst {
        tell(
          "the history \(path) cannot be written: \(error); the run goes on without it "
            + "(--no-history leaves it out)")
      }
    }
  }
}
