/// A histogram: how many values lie in each of several neighbouring ranges.
public struct Bins: DrawnMark {
  /// The edges of the ranges, rising, one more than there are counts.
  public var edges: [Double]
  /// How many values lie in each.
  public var counts: [Double]
  /// Its name in the legend.
  public var name: String?
  /// What it stands for.
  public var tone: Tone

  /// A histogram.
  public init(edges: [Double], counts: [Double], name: String? = nil, tone: Tone) {
    self.edges = edges
    self.counts = counts
    self.name = name
    self.tone = tone
  }

  /// The values that the horizontal axis has to hold.
  public var xs: [Double] { edges }
  /// The values that the vertical axis has to hold.
  public var ys: [Double] { [0] + counts }
  /// Name and look in the legend.
  public var legend: LegendEntry? {
    name.map { LegendEntry(name: $0, tone: tone, isArea: true) }
  }

  func elements(in frame: Frame) -> [SVGElement] {
    zip(zip(edges, edges.dropFirst()), counts).compactMap { range, count in
      guard count > 0, range.0.isFinite, range.1.isFinite else { return nil }
      let (left, right, top) = (frame.across(range.0), frame.across(range.1), frame.down(count))
      return SVGElement(
        "rect",
        [
          "class": "\(tone.rawValue)-fill", "x": SVGElement.number(left + 0.5),
          "y": SVGElement.number(top), "width": SVGElement.number(max(right - left - 1, 0.5)),
          "height": SVGElement.number(max(frame.bottom - top, 0.5)), "fill-opacity": "0.75",
        ],
        children: [
          SVGElement(
            "title",
            text: "\(TickText.text(range.0)) to \(TickText.text(range.1)): \(TickText.text(count))")
        ])
    }
  }
}
