/// A straight line across the chart at a value to compare with, as a stability limit.
public struct Rule: DrawnMark {
  /// Which axis the value belongs to.
  public enum Direction: Sendable {
    /// A value of the horizontal axis.
    case upright
    /// A value of the vertical axis.
    case level
  }

  /// The value.
  public var value: Double
  /// Which axis it belongs to.
  public var direction: Direction
  /// What stands beside it.
  public var label: String
  /// What it stands for.
  public var tone: Tone

  /// A line at a value.
  public init(_ value: Double, _ direction: Direction, label: String, tone: Tone = .neutral) {
    self.value = value
    self.direction = direction
    self.label = label
    self.tone = tone
  }

  /// The values that the horizontal axis has to hold.
  public var xs: [Double] { direction == .upright ? [value] : [] }
  /// The values that the vertical axis has to hold.
  public var ys: [Double] { direction == .level ? [value] : [] }
  /// Name and look in the legend.
  public var legend: LegendEntry? { nil }

  func elements(in frame: Frame) -> [SVGElement] { elements(in: frame, row: 0) }

  /// - Parameter row: the row of the label, for rules whose labels would cover each other.
  func elements(in frame: Frame, row: Int) -> [SVGElement] {
    guard value.isFinite else { return [] }
    let place = direction == .upright ? frame.across(value) : frame.down(value)
    let (from, to) =
      direction == .upright
      ? ((place, frame.top), (place, frame.bottom)) : ((frame.left, place), (frame.right, place))
    let line = SVGElement(
      "line",
      [
        "class": "rule \(tone.rawValue)", "x1": SVGElement.number(from.0),
        "y1": SVGElement.number(from.1), "x2": SVGElement.number(to.0),
        "y2": SVGElement.number(to.1),
      ])
    guard !label.isEmpty else { return [line] }
    let isRight = direction == .level || place > frame.left + frame.width * 0.6
    let x = direction == .level ? frame.right - 4 : place + (isRight ? -4 : 4)
    let y =
      direction == .level
      ? (place < frame.top + 16 ? place + 13 : place - 4) : frame.top + 12 + 13 * Double(row)
    let text = SVGElement(
      "text",
      [
        "class": "label \(tone.rawValue)-fill", "x": SVGElement.number(x),
        "y": SVGElement.number(y),
        "text-anchor": isRight ? "end" : "start",
      ], text: label)
    return [line, text]
  }
}
