import FlyingFox
import Foundation

/// Answers with the headers that keep a page to itself.
enum Answer {
  /// The kinds of contents, with what each may load.
  enum Kind: String {
    case page = "text/html; charset=utf-8"
    case report = "text/html"
    case style = "text/css; charset=utf-8"
    case script = "text/javascript; charset=utf-8"
    case events = "text/event-stream"
  }

  static func text(
    _ text: String, _ kind: Kind, status: HTTPStatusCode = .ok
  ) -> HTTPResponse {
    HTTPResponse(statusCode: status, headers: headers(kind), body: Data(text.utf8))
  }

  static func stream(_ events: Events) -> HTTPResponse {
    HTTPResponse(
      statusCode: .ok, headers: headers(.events), body: HTTPBodySequence(from: events))
  }

  /// For those who may not see the page: no word about what there is.
  static let refusal = HTTPResponse(
    statusCode: .forbidden, headers: [.contentType: "text/plain"], body: Data("forbidden\n".utf8))

  private static func headers(_ kind: Kind) -> HTTPHeaders {
    let policy =
      kind == .report
      ? "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'"
      : "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        + "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    return [
      .contentType: kind.rawValue, .cacheControl: "no-store",
      HTTPHeader("Content-Security-Policy"): policy,
      HTTPHeader("X-Content-Type-Options"): "nosniff",
      HTTPHeader("Referrer-Policy"): "no-referrer",
      HTTPHeader("Cross-Origin-Resource-Policy"): "same-origin",
      HTTPHeader("Cross-Origin-Opener-Policy"): "same-origin",
    ]
  }
}
