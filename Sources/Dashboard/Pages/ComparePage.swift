import Charts
import FlyingFox
import History

/// Two runs beside each other: their curves in one picture, and the settings in which they differ.
struct ComparePage: LivePage {
  let store: HistoryStore
  let base: String
  let ids: [Int64]

  let title = "Compare"
  let source: (events: String, part: String)? = nil

  init(store: HistoryStore, base: String, query: [HTTPRequest.QueryItem]) {
    self.store = store
    self.base = base
    ids = Array(query.filter { $0.name == "run" }.compactMap { Int64($0.value) }.prefix(2))
  }

  func top() throws -> String {
    "<p class=\"crumb\"><a href=\"\(base)/\">Runs</a> › compare</p>\n"
  }

  func live() throws -> String {
    let runs = try ids.compactMap { try store.run($0) }
    guard runs.count == 2 else { return "<p>Choose two runs in the list to compare them.</p>\n" }
    let groups = try runs.map { run in
      ("run \(run.id)" as String?, try store.series(of: run.id))
    }
    let heads = runs.map { run in
      "<th scope=\"col\"><a href=\"\(base)/run/\(run.id)\">run \(run.id)</a></th>"
    }
    var rows: [(String, [String])] = [
      ("of what", runs.map { PageText.escaped($0.subject) }),
      ("state", runs.map(PageText.standing)),
      ("cause", runs.map { PageText.escaped($0.cause ?? "") }),
      ("loss at the end", runs.map { $0.loss.map(TickText.text) ?? "" }),
    ]
    for name in Set(runs.flatMap(\.settings.keys)).sorted() {
      rows.append((PageText.escaped(name), runs.map { PageText.escaped($0.settings[name] ?? "") }))
    }
    let body = rows.map { name, cells in
      "<tr\(cells[0] == cells[1] ? "" : " class=\"differs\"")><th scope=\"row\">\(name)</th>"
        + cells.map { "<td>\($0)</td>" }.joined() + "</tr>\n"
    }
    let figures = CurveFigures(groups: groups).html(prefix: "compare")
    return """
      <h1>Run \(runs[0].id) against run \(runs[1].id)</h1>
      \(figures.isEmpty ? "" : "<section><h2>Curves</h2>\(figures)</section>")
      <section><h2>What they are</h2><div class="scroll"><table><thead><tr><th></th>\(heads.joined())\
      </tr></thead><tbody>
      \(body.joined())</tbody></table></div></section>

      """
  }
}
