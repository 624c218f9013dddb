import History
import Reports

/// One run: its curves while it trains, the diagnosis as it forms, and the report at the end.
struct RunPage: LivePage {
  let store: HistoryStore
  let base: String
  let run: RunRecord

  var title: String { "Run \(run.id)" }
  var source: (events: String, part: String)? { ("run/\(run.id)/events", "run/\(run.id)/live") }

  func top() throws -> String {
    """
    <p class="crumb"><a href="\(base)/">Runs</a> › run \(run.id), \(run.kind.rawValue)</p>

    """
  }

  func live() throws -> String {
    let facts = """
      <p>\(PageText.standing(run)) \(PageText.escaped(run.subject)) \
      <span class="soft">began \(PageText.time(run.started)), last heard of \
      \(PageText.time(run.updated))</span></p>

      """
    let series = try store.series(of: run.id)
    if let report = try store.report(run.id) {
      // The report draws curves by epoch; what a program did within its epochs stands beside it.
      let steps = series.filter { $0.name.hasPrefix(CurveFigures.byStep) }
      return facts
        + "<p><a href=\"\(base)/run/\(run.id)/report.html\" download=\"run-\(run.id).html\">"
        + "the report as a file</a></p>\n" + HTMLFormat.body(of: report) + curves(steps)
    }
    let headline = run.headline.map { "<p>\(PageText.escaped($0))</p>\n" } ?? ""
    return try facts + headline + curves(series) + trials(series) + notes() + findings() + settings
  }

  private func curves(_ series: [HistoryStore.Series]) -> String {
    let figures = CurveFigures(groups: [(nil, series)]).html(prefix: "live")
    return figures.isEmpty ? "" : "<section><h2>Curves</h2>\(figures)</section>\n"
  }

  private func trials(_ series: [HistoryStore.Series]) -> String {
    guard let figure = TrialsFigure(series) else { return "" }
    return "<section><h2>Trials</h2>\(figure.html)</section>\n"
  }

  /// The diagnosis as it forms.
  private func findings() throws -> String {
    guard let findings = try store.findings(run.id) else { return "" }
    return "<h2>What is known so far</h2>\n" + HTMLFormat.findings(of: findings)
  }

  private func notes() throws -> String {
    let notes = try store.notes(run.id)
    guard !notes.isEmpty else { return "" }
    let items = notes.suffix(40).map { "<li>\(PageText.escaped($0))</li>\n" }
    return "<section><h2>What was done</h2><ol class=\"notes\">\n\(items.joined())</ol></section>\n"
  }

  private var settings: String {
    guard !run.settings.isEmpty else { return "" }
    let items = run.settings.sorted { $0.key < $1.key }.map {
      "<dt>\(PageText.escaped($0.key))</dt><dd>\(PageText.escaped($0.value))</dd>\n"
    }
    return "<section><h2>Settings</h2><dl>\n\(items.joined())</dl></section>\n"
  }
}
