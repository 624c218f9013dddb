import Charts
import History

/// The curves of the trials of a diagnosis while they grow: the run as it was, the best trial so far,
/// and all others behind them.
struct TrialsFigure {
  private let trials: [(name: String, points: [Point])]

  /// The latest trials; more of them at once are no longer told apart.
  private static let shown = 60
  /// Values beyond this multiple of what the best trial began with do not stretch the axis.
  private static let ceilingFactor = 10.0

  /// The figure; `nil` if there are no trials.
  init?(_ series: [HistoryStore.Series]) {
    trials = series.filter { $0.isTrial && !$0.steps.isEmpty }.map { series in
      (series.name, zip(series.steps, series.values).map { Point(Double($0), $1) })
    }
    if trials.isEmpty { return nil }
  }

  private var best: Int? {
    trials.indices.filter { trials[$0].points.last?.y.isFinite ?? false }
      .min { (trials[$0].points.last?.y ?? 0) < (trials[$1].points.last?.y ?? 0) }
  }

  var html: String {
    let (best, base) = (best, trials.firstIndex { $0.name.hasSuffix(": as it was") })
    var marks: [any Mark] = trials.indices.suffix(TrialsFigure.shown)
      .filter { $0 != best && $0 != base }
      .map { Line(trials[$0].points, tone: .neutral, isThin: true) }
    if let base { marks.append(Line(trials[base].points, name: "as it was", tone: .bad)) }
    if let best, best != base {
      marks.append(Line(trials[best].points, name: short(trials[best].name), tone: .good))
    }
    let start = best.flatMap { trials[$0].points.map(\.y).filter(\.isFinite).max() }
    let count = trials.count == 1 ? "1 trial" : "\(trials.count) trials"
    let chart = Chart(
      "Loss of the trials", description: "The curves of \(count).", x: .counting("epoch"),
      y: Axis("loss", ceiling: start.map { abs($0) * TrialsFigure.ceilingFactor }), marks: marks)
    var caption = count
    if let best { caption += "; the lowest so far is \(trials[best].name)" }
    return "<div class=\"figures\"><figure>\(chart.element(id: "trials"))"
      + "<figcaption>\(PageText.escaped(caption))</figcaption></figure></div>\n"
  }

  /// A legend is one line.
  private func short(_ name: String) -> String {
    let text = name.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? name
    return text.count > 40 ? text.prefix(39) + "…" : text
  }
}
