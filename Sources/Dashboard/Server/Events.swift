import FlyingFox
import FlyingSocks
import History

/// Server-sent events: one whenever the history, or one run of it, has changed.
struct Events: AsyncBufferedSequence {
  typealias Element = UInt8

  let store: HistoryStore
  let run: Int64?

  /// How often the file is asked, which costs a few microseconds: fast enough for a curve to grow
  /// smoothly.
  private static let interval = Duration.milliseconds(200)
  /// A word at least this often, so that a connection which was lost is noticed.
  private static let silence = Duration.seconds(10)

  func makeAsyncIterator() -> Iterator { Iterator(store: store, run: run) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    let store: HistoryStore
    let run: Int64?
    private var last: String?
    private var spoken = ContinuousClock.now
    private var rest: [UInt8] = []

    init(store: HistoryStore, run: Int64?) {
      self.store = store
      self.run = run
    }

    mutating func next() async throws -> UInt8? {
      if rest.isEmpty { rest = try await nextBuffer(suggested: 1) ?? [] }
      return rest.isEmpty ? nil : rest.removeFirst()
    }

    mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
      while true {
        let now = try store.revision(of: run)
        if now != last {
          last = now
          spoken = .now
          return Array("data: changed\n\n".utf8)
        }
        if spoken.duration(to: .now) > Events.silence {
          spoken = .now
          return Array(": still here\n\n".utf8)
        }
        try await Task.sleep(for: Events.interval)
      }
    }
  }
}
