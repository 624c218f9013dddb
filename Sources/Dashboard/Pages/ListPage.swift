import Charts
import FlyingFox
import Foundation
import History

/// All runs, with search and filter.
struct ListPage: LivePage {
  let store: HistoryStore
  let base: String
  let filter: RunFilter

  let title = "Runs"
  let source: (events: String, part: String)? = ("events", "runs")

  /// As many rows as a browser lays out while one blinks; older runs are a page of their own, and the
  /// search looks through all.
  private static let limit = 200

  init(store: HistoryStore, base: String, query: [HTTPRequest.QueryItem]) {
    self.store = store
    self.base = base
    var filter = RunFilter()
    filter.text = query["q"] ?? ""
    filter.kind = query["kind"].flatMap { RunRecord.Kind(rawValue: $0) }
    filter.verdict = query["verdict"].flatMap { $0.isEmpty ? nil : $0 }
    filter.before = query["before"].flatMap { Int64($0) }
    filter.limit = ListPage.limit
    self.filter = filter
  }

  func top() throws -> String {
    func choice(_ name: String, _ label: String, _ values: [String], _ chosen: String?) -> String {
      let options = values.map { value in
        "<option value=\"\(value)\"\(value == chosen ? " selected" : "")>\(value)</option>"
      }
      return "<label>\(label) <select name=\"\(name)\"><option value=\"\">any</option>"
        + options.joined() + "</select></label>\n"
    }
    return """
      <h1>Runs</h1>
      <form class="filter" method="get" action="\(base)/" id="filter">
      <label>search <input type="search" name="q" value="\(PageText.escaped(filter.text))" \
      autocomplete="off"></label>
      \(choice("kind", "kind", RunRecord.Kind.allCases.map(\.rawValue), filter.kind?.rawValue))\
      \(choice("verdict", "verdict", ["fault", "healthy", "undetermined"], filter.verdict))\
      <button>filter</button>
      </form>

      """
  }

  func live() throws -> String {
    let runs = try store.runs(filter)
    let count = try store.count()
    let said = runs.count == count ? "\(count) runs" : "\(runs.count) of \(count) runs"
    guard !runs.isEmpty else {
      return "<p class=\"soft\" id=\"count\">\(said)</p>\n"
        + (count == 0 ? "<p>Train or diagnose something, and it appears here.</p>\n" : "")
    }
    let rows = runs.map { run in
      """
      <tr><td><input type="checkbox" name="run" value="\(run.id)" aria-label="compare run \(run.id)">\
      </td><th scope="row"><a href="\(base)/run/\(run.id)">\(run.id)</a></th>\
      <td>\(run.kind.rawValue)</td><td>\(PageText.standing(run))</td>\
      <td class="long"><a href="\(base)/run/\(run.id)">\(PageText.escaped(run.subject))</a>\
      \(run.cause.map { " <code>\(PageText.escaped($0))</code>" } ?? "")</td>\
      <td class="number">\(run.loss.map(TickText.text) ?? "")</td>\
      <td>\(PageText.time(run.started))</td></tr>

      """
    }
    return """
      <form method="get" action="\(base)/compare">
      <p class="soft"><span id="count">\(said)</span> · <button>compare the chosen two</button></p>
      <div class="scroll"><table class="runs"><thead><tr><th></th><th scope="col">run</th>\
      <th scope="col">kind</th><th scope="col">state</th><th scope="col">of what</th>\
      <th scope="col">loss</th><th scope="col">began</th></tr></thead><tbody>
      \(rows.joined())</tbody></table></div>
      </form>
      \(turning(runs))

      """
  }

  /// Links to the latest and to older runs, where a page does not hold them all.
  private func turning(_ runs: [RunRecord]) -> String {
    var links: [String] = []
    if filter.before != nil { links.append("<a href=\"\(address(before: nil))\">latest runs</a>") }
    if runs.count == filter.limit, let last = runs.last {
      links.append("<a href=\"\(address(before: last.id))\" rel=\"next\">older runs</a>")
    }
    return links.isEmpty ? "" : "<p class=\"soft\">\(links.joined(separator: " · "))</p>"
  }

  /// The address of the list under the same filter.
  private func address(before id: Int64?) -> String {
    var address = URLComponents()
    address.path = base + "/"
    let values = [
      ("q", filter.text.isEmpty ? nil : filter.text), ("kind", filter.kind?.rawValue),
      ("verdict", filter.verdict), ("before", id.map(String.init)),
    ]
    let items = values.compactMap { name, value in
      value.map { URLQueryItem(name: name, value: $0) }
    }
    if !items.isEmpty { address.queryItems = items }
    return PageText.escaped(address.string ?? base + "/")
  }
}
