import History
import Reports

/// Two earlier runs side by side: what differs, the results, both curves.
struct RunComparison {
  let runs: [(run: RunRecord, series: [HistoryStore.Series])]

  init(_ runs: [(run: RunRecord, series: [HistoryStore.Series])]) { self.runs = runs }

  func text(for appearance: Appearance) -> String {
    func row(_ name: String, _ cell: (RunRecord) -> String) -> [String] {
      [name] + runs.map { cell($0.run) }
    }
    var rows = [
      row("") { "run \($0.id)" }, row("of what") { $0.subject }, row("kind") { $0.kind.rawValue },
      row("state", RunTable.standing), row("cause") { $0.cause ?? "" },
      row("began") { RunTable.time($0.started) },
    ]
    for name in Set(runs.flatMap(\.run.settings.keys)).sorted() {
      let values = row(name) { $0.settings[name] ?? "" }
      if values[1] != values[2] { rows.append(values) }
    }
    for name in shared {
      for (label, pick) in [
        ("\(name) at the end", \HistoryStore.Series.values.last),
        ("\(name), lowest", \HistoryStore.Series.lowest),
      ] {
        rows.append(
          [label]
            + runs.map { run in
              run.series.first { $0.name == name }?[keyPath: pick].map { NumberText.short($0) }
                ?? ""
            })
      }
    }
    var text = TextTable(rows.filter { row in row.dropFirst().contains { !$0.isEmpty } })
      .text(width: appearance.width)
    let losses = runs.compactMap { run in
      run.series.first { $0.name == "loss" && $0.values.count > 1 }
        .map { ("run \(run.run.id)", $0.values) }
    }
    if !losses.isEmpty { text += "\n" + CurveText.text(losses, for: appearance) }
    return text
  }

  /// The names of series that both runs have.
  private var shared: [String] {
    let names = runs.map { Set($0.series.map(\.name)) }
    return runs[0].series.filter { !$0.isTrial }.map(\.name)
      .filter { name in names.allSatisfy { $0.contains(name) } }
  }
}

extension HistoryStore.Series {
  /// The lowest finite value.
  fileprivate var lowest: Double? { values.filter(\.isFinite).min() }
}
