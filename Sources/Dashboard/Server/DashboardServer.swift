public import History
import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// The live page: a server on this machine alone that shows the runs of a history, those under way
/// included.
public final class DashboardServer: Sendable {
  private let store: HistoryStore
  private let wanted: PageAddress
  private let port = Mutex<UInt16>(0)
  private let isRead = Atomic<Bool>(false)

  /// A server for a history.
  ///
  /// - Parameter address: where; if the port is taken, a free one is chosen.
  public init(store: HistoryStore, address: PageAddress) {
    self.store = store
    wanted = address
  }

  /// Serves until the task is cancelled.
  ///
  /// - Parameter ready: told the address once the server listens.
  public func run(ready: @escaping @Sendable (PageAddress) -> Void) async throws {
    do {
      try await serve(port: wanted.port, ready)
    } catch let error as SocketError where wanted.port != 0 && port.withLock({ $0 }) == 0 {
      _ = error
      try await serve(port: 0, ready)
    }
  }

  /// Whether anybody has looked at a page by now.
  public var hasReaders: Bool { isRead.load(ordering: .relaxed) }

  private func serve(
    port wantedPort: UInt16, _ ready: @escaping @Sendable (PageAddress) -> Void
  ) async throws {
    let server = HTTPServer(
      address: try sockaddr_in.inet(ip4: "127.0.0.1", port: wantedPort), logger: .disabled)
    await server.appendRoute("*") { [self] request in answer(request) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      group.addTask { [self] in
        try await server.waitUntilListening(timeout: 10)
        guard case .ip4(_, let bound)? = await server.listeningAddress else { return }
        port.withLock { $0 = bound }
        var address = wanted
        address.port = bound
        ready(address)
      }
      try await group.next()
      try await group.next()
    }
  }

  private func answer(_ request: HTTPRequest) -> HTTPResponse {
    let gate = Gate(token: wanted.token, port: port.withLock { $0 })
    guard let path = gate.path(of: request) else { return Answer.refusal }
    isRead.store(true, ordering: .relaxed)
    do {
      let pages = Pages(store: store, base: "/\(wanted.token)")
      return try pages.answer(path: String(path), query: request.query) ?? Pages.missing
    } catch {
      return Answer.text(
        PageFrame.document(
          title: "An error", base: "/\(wanted.token)",
          body: "<p>The history cannot be read: \(PageText.escaped("\(error)"))</p>"),
        .page, status: .internalServerError)
    }
  }
}
