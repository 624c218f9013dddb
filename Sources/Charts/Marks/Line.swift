/// A curve. It breaks where values are not finite or beyond the scale; there the upper edge carries
/// a sign: ✕ for NaN, ∞ for infinity, ↑ for a finite value beyond the scale.
public struct Line: DrawnMark {
  /// The points, with rising x.
  public var points: [Point]
  /// Its name in the legend; `nil` for a curve that belongs to a named one.
  public var name: String?
  /// What it stands for.
  public var tone: Tone
  /// Whether it is one of several that a thicker one sums up.
  public var isThin: Bool
  /// Whether every point carries a dot.
  public var hasDots: Bool

  /// More points than a screen has columns look the same.
  public static let largestCount = 1600

  /// More points than a picture has units across run into each other unless they are drawn fine.
  private static let dense = 400

  /// A curve.
  public init(
    _ points: [Point], name: String? = nil, tone: Tone, isThin: Bool = false,
    hasDots: Bool = false
  ) {
    self.points = Point.thinned(points, to: Line.largestCount)
    self.name = name
    self.tone = tone
    self.isThin = isThin
    self.hasDots = hasDots
  }

  /// The values that the horizontal axis has to hold.
  public var xs: [Double] { points.map(\.x) }
  /// The values that the vertical axis has to hold.
  public var ys: [Double] { points.map(\.y) }
  /// Name and look in the legend.
  public var legend: LegendEntry? { name.map { LegendEntry(name: $0, tone: tone) } }

  func elements(in frame: Frame) -> [SVGElement] {
    let tones = tone.rawValue + tone.dashes
    var elements: [SVGElement] = []
    let title = name.map { [SVGElement("title", text: $0)] } ?? []
    for run in runs(in: frame) {
      if run.count == 1 || hasDots {
        elements += run.map { point in
          SVGElement(
            "circle",
            [
              "class": "\(tone.rawValue)-fill", "cx": SVGElement.number(frame.across(point.x)),
              "cy": SVGElement.number(frame.down(point.y)), "r": isThin ? "1.5" : "2.5",
            ],
            children: [
              SVGElement("title", text: "\(TickText.text(point.x)): \(TickText.text(point.y))")
            ])
        }
      }
      guard run.count > 1 else { continue }
      let path = run.map { point in
        SVGElement.number(frame.across(point.x)) + "," + SVGElement.number(frame.down(point.y))
      }
      elements.append(
        SVGElement(
          "polyline",
          [
            "class": "line \(tones)"
              + (isThin ? " thin" : points.count > Line.dense ? " fine" : ""),
            "points": path.joined(separator: " "),
          ], children: title))
    }
    return elements + signs(in: frame)
  }

  /// Stretches of points that can be drawn.
  private func runs(in frame: Frame) -> [[Point]] {
    points.split { !frame.shows($0.y) || !$0.x.isFinite }.map(Array.init)
  }

  /// Signs at the upper edge, a few at most: where each stretch of the same kind starts.
  private func signs(in frame: Frame) -> [SVGElement] {
    var elements: [SVGElement] = []
    var previous: String?
    for point in points {
      let sign: String? =
        frame.shows(point.y) ? nil : point.y.isNaN ? "✕" : point.y.isInfinite ? "∞" : "↑"
      defer { previous = sign }
      guard let sign, sign != previous, elements.count < Line.largestSigns else { continue }
      let meaning =
        point.y.isNaN
        ? "NaN" : point.y.isInfinite ? "infinite" : "beyond the scale: \(TickText.text(point.y))"
      elements.append(
        SVGElement(
          "text",
          [
            "class": "\(tone.rawValue)-fill", "x": SVGElement.number(frame.across(point.x)),
            "y": SVGElement.number(frame.top + 11), "text-anchor": "middle",
          ], text: sign))
      elements.append(SVGElement("desc", text: "\(TickText.text(point.x)): \(meaning)"))
    }
    return elements
  }

  /// Beyond this many signs a curve only flickers.
  private static let largestSigns = 24
}
