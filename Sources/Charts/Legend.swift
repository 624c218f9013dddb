/// The names of the curves, in rows under the title of a chart.
struct Legend {
  let entries: [LegendEntry]
  let width: Double

  static let rowHeight = 16.0
  private static let swatch = 22.0
  private static let gap = 14.0

  /// The entries of each row.
  private var rows: [[(entry: LegendEntry, x: Double)]] {
    var rows: [[(entry: LegendEntry, x: Double)]] = []
    var x = 0.0
    for entry in entries {
      let needed = Legend.swatch + ChartText.width(entry.name)
      if rows.isEmpty || x + needed > width {
        rows.append([])
        x = 0
      }
      rows[rows.count - 1].append((entry, x))
      x += needed + Legend.gap
    }
    return rows
  }

  var height: Double { Double(rows.count) * Legend.rowHeight }

  func elements(left: Double, top: Double) -> [SVGElement] {
    rows.enumerated().flatMap { row, items in
      items.flatMap { entry, x -> [SVGElement] in
        let y = top + Double(row) * Legend.rowHeight + 8
        let start = left + x
        let swatch =
          entry.isArea
          ? SVGElement(
            "rect",
            [
              "class": "\(entry.tone.rawValue)-fill", "x": SVGElement.number(start),
              "y": SVGElement.number(y - 5), "width": "16", "height": "10", "fill-opacity": "0.5",
            ])
          : SVGElement(
            "line",
            [
              "class": "line \(entry.tone.rawValue)\(entry.tone.dashes)",
              "x1": SVGElement.number(start), "y1": SVGElement.number(y),
              "x2": SVGElement.number(start + 16), "y2": SVGElement.number(y),
            ])
        let text = SVGElement(
          "text",
          ["x": SVGElement.number(start + Legend.swatch), "y": SVGElement.number(y + 4)],
          text: entry.name)
        return [swatch, text]
      }
    }
  }
}
