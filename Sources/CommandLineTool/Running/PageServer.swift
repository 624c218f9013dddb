import Dashboard
import Dispatch
import History
import Synchronization

/// The live page, served by a task of its own beside whatever else the program does.
final class PageServer: Sendable {
  /// Where the page is.
  let address: PageAddress
  private let server: DashboardServer
  private let life: Life

  /// What becomes of the server, told between its task and who waits for it.
  private final class Life: Sendable {
    let address = Mutex<PageAddress?>(nil)
    let failure = Mutex<(any Error)?>(nil)
    let hasBegun = DispatchSemaphore(value: 0)
    let hasEnded = DispatchSemaphore(value: 0)
  }

  /// An open page asks within this time for what was written last, in seconds: the history is
  /// written every 0.2 s, asked every 0.2 s, and then the page fetches its part.
  private static let lastGlance = 1.0

  /// Serves from now on.
  ///
  /// - Parameters:
  ///   - store: the history that is shown.
  ///   - wanted: where; if the port is taken, a free one is chosen.
  /// - Throws: ``CommandError`` if there is no port to listen on.
  init(_ store: HistoryStore, at wanted: PageAddress) throws {
    let (server, life) = (DashboardServer(store: store, address: wanted), Life())
    Task.detached {
      do {
        try await server.run { address in
          life.address.withLock { $0 = address }
          life.hasBegun.signal()
        }
      } catch {
        life.failure.withLock { $0 = error }
      }
      life.hasBegun.signal()
      life.hasEnded.signal()
    }
    life.hasBegun.wait()
    guard let address = life.address.withLock({ $0 }) else {
      throw PageServer.error(life.failure.withLock { $0 })
    }
    (self.server, self.life, self.address) = (server, life, address)
  }

  /// Serves until something ends the server.
  func wait() throws {
    life.hasEnded.wait()
    if let error = life.failure.withLock({ $0 }) { throw PageServer.error(error) }
  }

  /// Lets pages that are open see how it ended.
  func linger() {
    guard server.hasReaders else { return }
    _ = life.hasEnded.wait(timeout: .now() + PageServer.lastGlance)
  }

  private static func error(_ error: (any Error)?) -> CommandError {
    CommandError(
      "the page", "it cannot be served: \(error.map { "\($0)" } ?? "no port")",
      advice: "Try another --port.", status: .cannotWrite)
  }
}
