import FlyingFox

/// Who may see the page: those who know its random word, from this machine, and no other page.
///
/// - The host must be this machine by number or as `localhost`, so that a foreign name which was
///   bent to 127.0.0.1 (DNS rebinding) gets nothing.
/// - A page of another origin that asks, by script, picture or frame, gets nothing.
/// - Only reading: there is nothing that a request could change.
struct Gate {
  let token: String
  let port: UInt16

  /// The path behind the word; `nil` for those who may not see it.
  func path(of request: HTTPRequest) -> Substring? {
    guard request.method == .GET || request.method == .HEAD else { return nil }
    let hosts = ["127.0.0.1:\(port)", "localhost:\(port)"]
    guard let host = request.headers[.host], hosts.contains(host) else { return nil }
    if let origin = request.headers[HTTPHeader("Origin")], origin != "http://\(host)" { return nil }
    if let site = request.headers[HTTPHeader("Sec-Fetch-Site")], site != "same-origin",
      site != "none", request.headers[HTTPHeader("Sec-Fetch-Mode")] != "navigate"
    {
      return nil
    }
    let parts = request.path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: true)
    guard let word = parts.first, Gate.isSame(word, token) else { return nil }
    return parts.count > 1 ? parts[1] : ""
  }

  /// Compares in a time that does not tell where the first difference is.
  private static func isSame(_ first: Substring, _ second: String) -> Bool {
    guard first.utf8.count == second.utf8.count else { return false }
    return zip(first.utf8, second.utf8).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
