import Charts
import History

/// The curves of one run or several: a picture for each quantity, validation beside training.
struct CurveFigures {
  /// The curves of each run, with its name where there are several.
  let groups: [(name: String?, series: [HistoryStore.Series])]

  /// Colours of the runs in a comparison: training and validation of the one, then of the other.
  private static let tones: [(training: Tone, heldOut: Tone)] = [
    (.first, .second), (.bad, .good),
  ]

  /// The loss of single steps, as a program that runs is recorded.
  static let byStep = "step_loss"

  func html(prefix: String) -> String {
    let figures = quantities.enumerated().map { index, quantity in
      "<figure>\n\(chart(of: quantity).element(id: "\(prefix)-\(index)"))</figure>\n"
    }
    return figures.isEmpty ? "" : "<div class=\"figures\">\n\(figures.joined())</div>\n"
  }

  /// The names without `val_`, `loss` first.
  private var quantities: [String] {
    var names: [String] = []
    for series in groups.flatMap(\.series) where !series.steps.isEmpty && !series.isTrial {
      let name = series.name.hasPrefix("val_") ? String(series.name.dropFirst(4)) : series.name
      if !names.contains(name) { names.append(name) }
    }
    return names.filter { $0 == "loss" } + names.filter { $0 != "loss" }
  }

  private func chart(of quantity: String) -> Chart {
    var marks: [any Mark] = []
    var (values, count) = (0, 0)
    for (index, group) in groups.enumerated() {
      for series in group.series
      where series.name == quantity || series.name == "val_" + quantity {
        let isHeldOut = series.name != quantity
        let pair = CurveFigures.tones[index % CurveFigures.tones.count]
        let tone = isHeldOut ? pair.heldOut : pair.training
        let name = [group.name, series.name].compactMap { $0 }.joined(separator: " ")
        let points = zip(series.steps, series.values).map { Point(Double($0), $1) }
        marks.append(Line(points, name: name, tone: tone))
        values += series.count
        count += 1
      }
    }
    let last = marks.last?.ys.last.map(TickText.text) ?? ""
    let isByStep = quantity.hasPrefix(CurveFigures.byStep)
    let title =
      isByStep
      ? "Loss within epochs" + quantity.dropFirst(CurveFigures.byStep.count)
      : quantity == "loss" ? "Loss" : quantity
    return Chart(
      title, description: "\(count) curves of \(values) values; the last one is \(last).",
      x: .counting(isByStep ? "step" : "epoch"), y: Axis(isByStep ? "loss" : quantity),
      marks: marks)
  }
}
