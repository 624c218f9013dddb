/// Loss curves drawn with letters: one panel a run, side by side on one scale where the width
/// allows, below each other elsewhere.
///
/// The scale is logarithmic where the values span more than ``decadesForLogScale``. Of several
/// panels the last one sets the ceiling, so that a run which explodes does not press it flat. Epochs
/// whose loss is NaN, infinite or above the ceiling are marked at the upper edge.
struct LossChart {
  /// One run, or several that differ by seed alone and so are drawn into one another.
  struct Panel {
    var title: String
    var curves: [[Double]]
    var tint: Page.Tint?
  }

  var panels: [Panel]

  /// Beyond this ratio (two decades) the lower end of a linear scale would be within a third of a
  /// dot of zero: flat although it may still fall.
  static let decadesForLogScale = 2.0
  /// The ceiling over the largest value of the last panel: room enough to see how fast a run leaves.
  static let ceilingFactor = 100.0
  /// Rows of a panel; with four dots a row that is 32 levels, enough to see a shape.
  static let rows = 8
  /// A panel narrower than this shows no shape; then the panels stand below each other.
  static let narrowestPanel = 20
  /// A panel wider than this only spreads the same curve.
  static let widestPanel = 48
  /// Blanks between two panels.
  private static let gap = 3

  func lines(on page: Page) -> [String] {
    guard let scale = LossScale(values: panels.flatMap(\.curves).joined(), ceiling: ceiling) else {
      return panels.flatMap { panel in
        page.wrapped("\(panel.title): no epoch has a finite loss", first: "    ")
      }
    }
    let labels = scale.labels(rows: LossChart.rows)
    let margin = (labels.map(\.count).max() ?? 0) + 4
    let room = page.appearance.width - margin
    let count = panels.count
    let share = (room - (count - 1) * LossChart.gap) / count - 1
    let isWide = count == 1 || share >= LossChart.narrowestPanel
    let width = min(isWide ? share : room - 1, LossChart.widestPanel)
    let groups = isWide ? [panels] : panels.map { [$0] }
    let drawn = groups.flatMap { block($0, width: width, scale: scale, labels: labels, on: page) }
    return drawn + notes(scale, on: page)
  }

  private var ceiling: Double {
    let reference = panels.last?.curves.joined().lazy.filter(\.isFinite).max()
    guard panels.count > 1, let reference, reference > 0 else { return .infinity }
    return reference * LossChart.ceilingFactor
  }

  private func block(
    _ group: [Panel], width: Int, scale: LossScale, labels: [String], on page: Page
  ) -> [String] {
    let margin = labels.map(\.count).max() ?? 0
    let between = String(repeating: " ", count: LossChart.gap)
    let lead = String(repeating: " ", count: margin + 3)
    func joined(_ parts: [String]) -> String {
      parts.joined(separator: between)
    }
    var lines = [lead + joined(group.map { padded($0.title, to: width + 1) })]
    let canvases = group.map { panel -> [String] in
      var canvas = DotCanvas(
        width: width, height: LossChart.rows, usesUnicode: page.appearance.usesUnicode)
      for curve in panel.curves { canvas.draw(curve, scale: scale) }
      return canvas.lines
    }
    for row in 0..<LossChart.rows {
      let label = String(repeating: " ", count: margin - labels[row].count) + labels[row]
      let parts = group.indices.map { index -> String in
        let edge = page.sign(labels[row].isEmpty || index > 0 ? "│" : "┤")
        let text = canvases[index][row]
        return edge + (group[index].tint.map { page.painted(text, $0) } ?? text)
      }
      lines.append("  " + label + " " + joined(parts))
    }
    let floor = page.sign("└") + String(repeating: page.sign("─"), count: width)
    lines.append(lead + joined(group.map { _ in floor }))
    lines.append(lead + joined(group.map { epochs($0, width: width) }))
    return lines.map(\.trimmingTrailingBlanks)
  }

  /// `1      epoch 20` under a panel.
  private func epochs(_ panel: Panel, width: Int) -> String {
    let last = panel.curves.map(\.count).max() ?? 0
    let end = "epoch \(last)"
    guard last > 1 else { return padded(" " + end, to: width + 1) }
    return " 1" + String(repeating: " ", count: max(1, width - 1 - end.count)) + end
  }

  private func notes(_ scale: LossScale, on page: Page) -> [String] {
    var notes: [String] = []
    if scale.isLogarithmic { notes.append("logarithmic scale") }
    for panel in panels {
      let kinds: [(sign: String, meaning: String, isMeant: (Double) -> Bool)] = [
        ("↑", "beyond the scale", { $0.isFinite && $0 > scale.ceiling }),
        ("∞", "infinite", \.isInfinite),
        ("✕", "NaN", \.isNaN),
      ]
      let told = kinds.compactMap { kind -> String? in
        let first = panel.curves.compactMap { $0.firstIndex(where: kind.isMeant) }.min()
        return first.map { "\(kind.meaning) (\(kind.sign)) from epoch \($0 + 1)" }
      }
      if !told.isEmpty { notes.append("\(panel.title): " + told.joined(separator: ", ")) }
    }
    return notes.isEmpty ? [] : page.wrapped(notes.joined(separator: "; "), first: "    ")
  }

  private func padded(_ text: String, to width: Int) -> String {
    let cut = text.prefix(width)
    return cut + String(repeating: " ", count: width - cut.count)
  }
}
