/// A picture with two axes: curves, bands, histograms and lines to compare with, as SVG.
///
/// It has no script and no style of its own outside of ``ChartStyle``; its title and description are
/// there for those who do not see it.
public struct Chart: Sendable {
  /// What it shows, in a few words.
  public var title: String
  /// What can be read off it, in a sentence, for those who do not see it.
  public var description: String
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// What is drawn, the hindmost first.
  public var marks: [any Mark]
  /// The size in units; a letter is 12 units high.
  public var size: (width: Double, height: Double) = Chart.usualSize

  /// As wide as half a page of prose, or a telephone.
  public static let usualSize = (width: 440.0, height: 270.0)

  /// A picture with two axes.
  public init(
    _ title: String, description: String, x: Axis, y: Axis, marks: [any Mark]
  ) {
    self.title = title
    self.description = description
    self.x = x
    self.y = y
    self.marks = marks
  }

  /// The chart as an `svg` element inside of a page that holds ``ChartStyle/sheet``.
  ///
  /// - Parameter id: a name that is unique on the page, of letters, digits and hyphens.
  public func element(id: String) -> String { drawing(id: id).document(isFile: false) }

  /// The chart as a file of its own.
  public func file() -> String { drawing(id: "chart").document(isFile: true) }

  private func drawing(id: String) -> Drawing {
    let xScale = x.scale(holding: marks.flatMap(\.xs))
    let yScale = y.scale(holding: marks.flatMap(\.ys))
    let yTicks = y.ticks(of: yScale)
    let yTexts = TickText.texts(yTicks)
    let margin = max(34, (yTexts.map(ChartText.width).max() ?? 0) + 12)
    let legend = Legend(entries: marks.compactMap(\.legend), width: size.width - 16)
    let top = 44 + legend.height + (legend.height > 0 ? 2 : 0)
    let frame = Frame(
      left: margin, top: top, width: size.width - margin - 14, height: size.height - top - 40,
      x: xScale, y: yScale, ceiling: y.ceiling ?? .infinity)
    var elements = legend.elements(left: 8, top: 22)
    elements.append(
      SVGElement(
        "text",
        ["class": "muted", "x": "8", "y": SVGElement.number(top - 12)],
        text: y.title + (yScale.isLogarithmic ? " (logarithmic)" : "")))
    elements += yAxis(frame, zip(yTicks, yTexts)) + xAxis(frame)
    var upright = 0
    for mark in marks {
      if let rule = mark as? Rule {
        elements += rule.elements(in: frame, row: upright)
        if rule.direction == .upright { upright += 1 }
      } else if let mark = mark as? any DrawnMark {
        elements += mark.elements(in: frame)
      }
    }
    return Drawing(id: id, title: title, description: description, size: size, elements: elements)
  }

  private func yAxis(_ frame: Frame, _ ticks: some Sequence<(Double, String)>) -> [SVGElement] {
    ticks.flatMap { value, text in
      let y = frame.down(value)
      return [
        SVGElement(
          "line",
          [
            "class": "grid", "x1": SVGElement.number(frame.left), "y1": SVGElement.number(y),
            "x2": SVGElement.number(frame.right), "y2": SVGElement.number(y),
          ]),
        SVGElement(
          "text",
          [
            "class": "muted", "x": SVGElement.number(frame.left - 6),
            "y": SVGElement.number(y + 4), "text-anchor": "end",
          ], text: text),
      ]
    }
  }

  private func xAxis(_ frame: Frame) -> [SVGElement] {
    let ticks = x.ticks(of: frame.x)
    var elements = [
      SVGElement(
        "line",
        [
          "class": "frame", "x1": SVGElement.number(frame.left),
          "y1": SVGElement.number(frame.bottom), "x2": SVGElement.number(frame.right),
          "y2": SVGElement.number(frame.bottom),
        ])
    ]
    var free = -Double.infinity
    for (value, text) in zip(ticks, TickText.texts(ticks)) {
      let place = frame.across(value)
      elements.append(
        SVGElement(
          "line",
          [
            "class": "frame", "x1": SVGElement.number(place), "y1": SVGElement.number(frame.bottom),
            "x2": SVGElement.number(place), "y2": SVGElement.number(frame.bottom + 4),
          ]))
      let half = ChartText.width(text) / 2
      // A label that would cover its neighbour is left out; its tick stays.
      guard place - half > free else { continue }
      free = place + half
      let shown = min(place, size.width - half - 2)
      elements.append(
        SVGElement(
          "text",
          [
            "class": "muted", "x": SVGElement.number(shown),
            "y": SVGElement.number(frame.bottom + 16), "text-anchor": "middle",
          ], text: text))
    }
    elements.append(
      SVGElement(
        "text",
        [
          "class": "muted", "x": SVGElement.number(frame.left + frame.width / 2),
          "y": SVGElement.number(size.height - 8), "text-anchor": "middle",
        ], text: x.title + (frame.x.isLogarithmic ? " (logarithmic)" : "")))
    return elements
  }
}
