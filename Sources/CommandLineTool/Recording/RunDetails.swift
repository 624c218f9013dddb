import History
import Reports

/// One earlier run without a report: what it was, its curves, what it said.
struct RunDetails {
  let run: RunRecord
  let series: [HistoryStore.Series]
  let notes: [String]

  init(_ run: RunRecord, series: [HistoryStore.Series], notes: [String]) {
    self.run = run
    self.series = series
    self.notes = notes
  }

  func text(for appearance: Appearance) -> String {
    var rows = [
      ["run", "\(run.id), \(run.kind.rawValue), \(RunTable.standing(run))"],
      ["of what", run.subject], ["began", RunTable.time(run.started)],
      ["last heard of", RunTable.time(run.updated)],
    ]
    if let headline = run.headline { rows.append(["", headline]) }
    rows += run.settings.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
    rows += series.filter { !$0.isTrial }.compactMap { series in
      series.values.last.map { [series.name + " at the end", NumberText.short($0)] }
    }
    var text = TextTable(rows).text(width: appearance.width)
    let losses = series.filter { ["loss", "val_loss"].contains($0.name) && $0.values.count > 1 }
    if !losses.isEmpty {
      text += "\n" + CurveText.text(losses.map { ($0.name, $0.values) }, for: appearance)
    }
    if !notes.isEmpty {
      text += "\n" + notes.suffix(20).map { "  " + SafeText.escaped($0) + "\n" }.joined()
    }
    return text
  }
}
