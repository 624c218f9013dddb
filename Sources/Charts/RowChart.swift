/// A picture with a row for each of several named things: bars or ranges along one axis, as SVG.
public struct RowChart: Sendable {
  /// What stands in a row, for one of the parts that are compared.
  public enum Value: Hashable, Sendable {
    /// A bar from the axis' start to a value.
    case bar(Double)
    /// The range of many values: a thin line from the lowest to the highest, a thick one around the
    /// mean, as wide as the standard deviation to either side.
    case range(low: Double, high: Double, mean: Double, deviation: Double)

    fileprivate var isBar: Bool { if case .bar = self { true } else { false } }

    fileprivate var extent: [Double] {
      switch self {
      case .bar(let value): [value]
      case .range(let low, let high, let mean, let deviation):
        [low, high, mean - deviation, mean + deviation]
      }
    }
  }

  /// One row.
  public struct Row: Sendable {
    /// What it is of.
    public var label: String
    /// One value a part; `nil` where it is not known.
    public var values: [Value?]
    /// One row.
    public init(_ label: String, _ values: [Value?]) {
      self.label = label
      self.values = values
    }
  }

  /// What it shows, in a few words.
  public var title: String
  /// What can be read off it, in a sentence, for those who do not see it.
  public var description: String
  /// The axis along the rows.
  public var axis: Axis
  /// The parts that are compared in each row, as training and validation.
  public var parts: [(name: String?, tone: Tone)]
  /// The rows from above.
  public var rows: [Row]
  /// A value to compare with.
  public var rule: Rule?
  /// Whether the value stands behind each bar in figures.
  public var showsFigures = true

  private static let width = Chart.usualSize.width
  private static let thickness = 11.0

  /// A picture with rows.
  public init(
    _ title: String, description: String, axis: Axis, parts: [(name: String?, tone: Tone)],
    rows: [Row], rule: Rule? = nil
  ) {
    self.title = title
    self.description = description
    self.axis = axis
    self.parts = parts
    self.rows = rows
    self.rule = rule
  }

  /// The chart as an `svg` element inside of a page that holds ``ChartStyle/sheet``.
  ///
  /// - Parameter id: a name that is unique on the page, of letters, digits and hyphens.
  public func element(id: String) -> String { drawing(id: id).document(isFile: false) }

  /// The chart as a file of its own.
  public func file() -> String { drawing(id: "chart").document(isFile: true) }

  private func drawing(id: String) -> Drawing {
    let legend = Legend(
      entries: parts.compactMap { part in
        part.name.map { LegendEntry(name: $0, tone: part.tone, isArea: true) }
      }, width: RowChart.width - 16)
    let margin = min(130, (rows.map { ChartText.width($0.label) }.max() ?? 0) + 16)
    let pitch = Double(max(1, parts.count)) * RowChart.thickness + 9
    let top = 30 + legend.height + (rule == nil ? 0 : 14)
    let height = top + Double(rows.count) * pitch + 40
    let values = rows.flatMap(\.values).compactMap { $0 }.flatMap(\.extent)
    var axis = axis
    // A bar is as long as its value only if it starts at zero.
    axis.includesZero =
      axis.includesZero || rows.contains { $0.values.contains { $0?.isBar == true } }
    let scale = axis.scale(holding: values + (rule.map { [$0.value] } ?? []))
    let frame = Frame(
      left: margin, top: top, width: RowChart.width - margin - (showsFigures ? 62 : 16),
      height: Double(rows.count) * pitch, x: scale, y: scale, ceiling: .infinity)
    var elements = legend.elements(left: 8, top: 22) + grid(frame)
    for (index, row) in rows.enumerated() {
      let start = top + Double(index) * pitch + 4
      let label = SVGElement(
        "text",
        [
          "x": SVGElement.number(margin - 8),
          "y": SVGElement.number(start + Double(parts.count) * RowChart.thickness / 2 + 4),
          "text-anchor": "end",
        ], text: ChartText.cut(row.label, to: margin - 12))
      elements.append(label)
      for (part, value) in zip(parts, row.values).enumerated().map({ ($0.offset, $0.element.1) }) {
        guard let value else { continue }
        elements += self.elements(
          value, of: row.label, tone: parts[part].tone,
          top: start + Double(part) * RowChart.thickness, in: frame)
      }
    }
    if let rule { elements += self.elements(rule, in: frame) }
    return Drawing(
      id: id, title: title, description: description, size: (RowChart.width, height),
      elements: elements)
  }

  private func elements(_ rule: Rule, in frame: Frame) -> [SVGElement] {
    var raised = frame
    raised.top -= 14
    raised.height += 14
    return rule.elements(in: raised)
  }

  private func grid(_ frame: Frame) -> [SVGElement] {
    let ticks = axis.ticks(of: frame.x)
    var free = -Double.infinity
    let lines = zip(ticks, TickText.texts(ticks)).flatMap { value, text -> [SVGElement] in
      let x = frame.across(value)
      let line = SVGElement(
        "line",
        [
          "class": "grid", "x1": SVGElement.number(x), "y1": SVGElement.number(frame.top),
          "x2": SVGElement.number(x), "y2": SVGElement.number(frame.bottom),
        ])
      let half = ChartText.width(text) / 2
      guard x - half > free else { return [line] }
      free = x + half
      return [
        line,
        SVGElement(
          "text",
          [
            "class": "muted", "x": SVGElement.number(x),
            "y": SVGElement.number(frame.bottom + 14), "text-anchor": "middle",
          ], text: text),
      ]
    }
    let title = SVGElement(
      "text",
      [
        "class": "muted", "x": SVGElement.number(frame.left + frame.width / 2),
        "y": SVGElement.number(frame.bottom + 31), "text-anchor": "middle",
      ], text: axis.title + (frame.x.isLogarithmic ? " (logarithmic)" : ""))
    return lines + [title]
  }

  private func elements(
    _ value: Value, of label: String, tone: Tone, top: Double, in frame: Frame
  ) -> [SVGElement] {
    let middle = top + RowChart.thickness / 2
    switch value {
    case .bar(let number):
      let figure = SVGElement(
        "text",
        [
          "class": "muted",
          "x": SVGElement.number(
            (number.isFinite ? max(frame.across(number), frame.left) : frame.left) + 5),
          "y": SVGElement.number(middle + 4),
        ], text: TickText.text(number))
      let figures = showsFigures || !number.isFinite ? [figure] : []
      guard number.isFinite else { return figures }
      let zero = frame.across(frame.x.isLogarithmic ? frame.x.low : 0)
      let end = frame.across(number)
      let bar = SVGElement(
        "rect",
        [
          "class": "\(tone.rawValue)-fill", "x": SVGElement.number(min(zero, end)),
          "y": SVGElement.number(top + 1), "width": SVGElement.number(max(abs(end - zero), 1)),
          "height": SVGElement.number(RowChart.thickness - 2), "fill-opacity": "0.8",
        ], children: [SVGElement("title", text: "\(label): \(TickText.text(number))")])
      return [bar] + figures
    case .range(let low, let high, let mean, let deviation):
      func line(_ from: Double, _ to: Double, _ kind: String) -> SVGElement {
        SVGElement(
          "line",
          [
            "class": "\(tone.rawValue)", "x1": SVGElement.number(frame.across(from)),
            "y1": SVGElement.number(middle), "x2": SVGElement.number(frame.across(to)),
            "y2": SVGElement.number(middle), "stroke-width": kind,
          ],
          children: [
            SVGElement(
              "title",
              text: "\(label): \(TickText.text(low)) to \(TickText.text(high)), "
                + "mean \(TickText.text(mean)), deviation \(TickText.text(deviation))")
          ])
      }
      let dot = SVGElement(
        "circle",
        [
          "class": "\(tone.rawValue)-fill", "cx": SVGElement.number(frame.across(mean)),
          "cy": SVGElement.number(middle), "r": "3",
        ])
      return [
        line(low, high, "1.5"), line(max(low, mean - deviation), min(high, mean + deviation), "6"),
        dot,
      ]
    }
  }
}
