import FlyingFox
import History
import Reports

/// Which page answers which path.
struct Pages {
  let store: HistoryStore
  /// What every path begins with.
  let base: String

  /// The answer for a path behind the random word; `nil` if there is nothing.
  func answer(path: String, query: [HTTPRequest.QueryItem]) throws -> HTTPResponse? {
    let parts = path.split(separator: "/").map(String.init)
    switch (parts.first, parts.count) {
    case (nil, _): return page(ListPage(store: store, base: base, query: query))
    case ("style.css", 1):
      return Answer.text(HTMLFormat.styleSheet + PageStyle.sheet, .style)
    case ("page.js", 1): return Answer.text(PageScript.text, .script)
    case ("runs", 1):
      return Answer.text(try ListPage(store: store, base: base, query: query).live(), .page)
    case ("events", 1): return Answer.stream(Events(store: store, run: nil))
    case ("compare", 1): return page(ComparePage(store: store, base: base, query: query))
    case ("run", 2...3):
      guard let id = Int64(parts[1]), let run = try store.run(id) else { return nil }
      let shown = RunPage(store: store, base: base, run: run)
      switch parts.count == 3 ? parts[2] : "" {
      case "": return page(shown)
      case "live": return Answer.text(try shown.live(), .page)
      case "events": return Answer.stream(Events(store: store, run: id))
      case "report.html":
        return try store.report(id).map {
          Answer.text(HTMLFormat().render($0, for: .plain), .report)
        }
      default: return nil
      }
    default: return nil
    }
  }

  private func page(_ page: some LivePage) -> HTTPResponse? {
    (try? page.document()).map { Answer.text($0, .page) }
  }

  static var missing: HTTPResponse {
    Answer.text(
      "<!DOCTYPE html><title>Nothing here</title><p>Nothing here.", .page, status: .notFound)
  }
}
