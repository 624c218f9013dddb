import CaseFile
import Dashboard
import Foundation
import History
import TestSupport
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

@Suite("The live page", .serialized)
struct DashboardServerTests {
  /// A server over a history with one diagnosis and one training, and what asks it.
  private func withServer(
    _ body: (HistoryStore, PageAddress) async throws -> Void
  ) async throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "downhill-\(UUID().uuidString).sqlite").path
    let store = try HistoryStore(path: path)
    let first = try store.begin(
      NewRun(kind: .train, subject: "<script>alert(1)</script>", version: "0"))
    try store.append(
      (1...50).map { HistoryStore.Value(series: "loss", step: $0, value: 1 / Double($0)) },
      notes: ["<b>"], to: first)
    let second = try store.begin(NewRun(kind: .diagnose, subject: "digits", version: "0"))
    let report = Report(
      inputs: [], verdict: .fault, headline: "it is broken",
      complaint: Complaint(symptom: .nan, text: "NaN"), curve: [1, 2, 3])
    try store.end(second, HistoryStore.Ending(status: .finished, report: report))
    let server = DashboardServer(store: store, address: PageAddress(port: 0))
    let (stream, continuation) = AsyncStream.makeStream(of: PageAddress.self)
    let task = Task { try await server.run { continuation.yield($0) } }
    defer { task.cancel() }
    var addresses = stream.makeAsyncIterator()
    let address = try #require(await addresses.next())
    try await body(store, address)
  }

  private struct Reply {
    var status: Int
    var text: String
    var headers: [String: String]
  }

  /// Asks over a plain socket, because URLSession sets Host by itself.
  private func ask(
    _ address: PageAddress, _ path: String, method: String = "GET", host: String? = nil,
    headers: [String: String] = [:]
  ) async throws -> Reply {
    var lines = [
      "\(method) \(path) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(address.port)")",
      "Connection: close",
    ]
    lines += headers.map { "\($0.key): \($0.value)" }
    let text = try await PlainSocket.exchange(
      port: address.port, request: lines.joined(separator: "\r\n") + "\r\n\r\n")
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1).map(String.init)
    let head = (parts.first ?? "").split(separator: "\r\n").map(String.init)
    var found: [String: String] = [:]
    for line in head.dropFirst() {
      let sides = line.split(separator: ":", maxSplits: 1)
      if sides.count == 2 {
        found[sides[0].lowercased()] = sides[1].trimmingCharacters(in: .whitespaces)
      }
    }
    let status = head.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return Reply(status: status, text: parts.count > 1 ? parts[1] : "", headers: found)
  }

  @Test("lists runs, shows them, compares them")
  func pages() async throws {
    try await withServer { _, address in
      let base = "/\(address.token)"
      let list = try await ask(address, base + "/")
      #expect(list.status == 200 && list.text.contains("2 runs") && list.text.contains("digits"))
      #expect(!list.text.contains("<script>alert"))
      let filtered = try await ask(address, base + "/runs?q=digits")
      #expect(filtered.text.contains("1 of 2 runs"))
      let run = try await ask(address, base + "/run/1")
      #expect(run.status == 200 && run.text.contains("<svg") && !run.text.contains("<b>"))
      let diagnosis = try await ask(address, base + "/run/2")
      #expect(diagnosis.text.contains("it is broken"))
      let file = try await ask(address, base + "/run/2/report.html")
      #expect(file.text.hasPrefix("<!DOCTYPE html>"))
      let comparison = try await ask(address, base + "/compare?run=1&run=2")
      #expect(comparison.text.contains("Run 1 against run 2"))
      for name in ["style.css", "page.js"] {
        #expect(try await ask(address, base + "/" + name).status == 200)
      }
      #expect(try await ask(address, base + "/run/99").status == 404)
      #expect(try await ask(address, base + "/nothing").status == 404)
    }
  }

  @Test("turns the pages of a long list under its filter")
  func turnsPages() async throws {
    try await withServer { store, address in
      for number in 3...260 {
        let run = NewRun(
          kind: number % 2 == 0 ? .train : .diagnose, subject: "net \(number)", version: "0")
        _ = try store.begin(run)
      }
      let base = "/\(address.token)"
      let first = try await ask(address, base + "/")
      #expect(first.text.contains("200 of 260 runs") && !first.text.contains("latest runs"))
      #expect(first.text.contains("href=\"\(base)/?before=61\""))
      let second = try await ask(address, base + "/?before=61")
      #expect(second.text.contains("60 of 260 runs") && second.text.contains("latest runs"))
      #expect(!second.text.contains("older runs") && second.text.contains(">1</a>"))
      let filtered = try await ask(address, base + "/runs?kind=train&q=net&before=61")
      #expect(filtered.text.contains("href=\"\(base)/?q=net&amp;kind=train\""))
    }
  }

  @Test("shows nothing to those who do not know the word, to other hosts and to other pages")
  func strangers() async throws {
    try await withServer { _, address in
      let base = "/\(address.token)/"
      let port = address.port
      var replies = [
        try await ask(address, "/"),
        try await ask(address, "/\(String(repeating: "0", count: 32))/"),
        try await ask(address, base, host: "evil.example:\(port)"),
        try await ask(address, base, host: "127.0.0.1"),
        try await ask(address, base, headers: ["Origin": "http://evil.example"]),
        try await ask(address, base, headers: ["Origin": "null"]),
        try await ask(
          address, base, headers: ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"]),
        try await ask(address, base + "events", headers: ["Origin": "http://127.0.0.1:1"]),
      ]
      for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        replies.append(try await ask(address, base, method: method))
      }
      for reply in replies {
        #expect(reply.status == 403)
        #expect(!reply.text.contains("digits"))
        #expect(reply.headers["access-control-allow-origin"] == nil)
      }
      #expect(try await ask(address, base, host: "localhost:\(port)").status == 200)
    }
  }

  @Test("forbids foreign scripts, frames and caches")
  func headers() async throws {
    try await withServer { _, address in
      let reply = try await ask(address, "/\(address.token)/")
      let policy = reply.headers["content-security-policy"] ?? ""
      #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
      #expect(!policy.contains("unsafe"))
      #expect(reply.headers["x-content-type-options"] == "nosniff")
      #expect(reply.headers["cache-control"] == "no-store")
      #expect(reply.headers["access-control-allow-origin"] == nil)
    }
  }

  @Test("keeps its address for the next time, readable by the user alone")
  func kept() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "downhill-\(UUID().uuidString).page").path
    let address = PageAddress(port: 4711)
    address.keep(at: path)
    #expect(PageAddress(keptAt: path) == address)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(PageAddress(port: 0).token != address.token)
    try Data("{\"port\":1,\"token\":\"short\"}".utf8).write(to: URL(filePath: path))
    #expect(PageAddress(keptAt: path).port == 0)
  }
}
