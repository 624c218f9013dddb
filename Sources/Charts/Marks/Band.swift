/// The area between two curves, as the spread between seeds.
public struct Band: DrawnMark {
  /// One place of a band.
  public struct Slice: Hashable, Sendable {
    /// Where.
    public var x: Double
    /// The lower edge.
    public var low: Double
    /// The upper edge.
    public var high: Double
    /// One place of a band.
    public init(x: Double, low: Double, high: Double) {
      self.x = x
      self.low = low
      self.high = high
    }
  }

  /// The places, with rising x.
  public var slices: [Slice]
  /// Its name in the legend.
  public var name: String?
  /// What it stands for.
  public var tone: Tone

  /// An area between two curves.
  public init(_ slices: [Slice], name: String? = nil, tone: Tone) {
    self.slices = slices
    self.name = name
    self.tone = tone
  }

  /// The spread of several curves: from the lowest to the highest finite value at each place.
  public static func spread(of curves: [[Double]], from first: Int = 1) -> [Slice] {
    (0..<(curves.map(\.count).max() ?? 0)).compactMap { index in
      let values = curves.compactMap { index < $0.count ? $0[index] : nil }.filter(\.isFinite)
      guard let low = values.min(), let high = values.max() else { return nil }
      return Slice(x: Double(first + index), low: low, high: high)
    }
  }

  /// The values that the horizontal axis has to hold.
  public var xs: [Double] { slices.map(\.x) }
  /// The values that the vertical axis has to hold.
  public var ys: [Double] { slices.flatMap { [$0.low, $0.high] } }
  /// Name and look in the legend.
  public var legend: LegendEntry? {
    name.map { LegendEntry(name: $0, tone: tone, isArea: true) }
  }

  func elements(in frame: Frame) -> [SVGElement] {
    slices.split { !frame.shows($0.low) }.compactMap { run in
      guard run.count > 1 else { return nil }
      func place(_ x: Double, _ y: Double) -> String {
        SVGElement.number(frame.across(x)) + ","
          + SVGElement.number(frame.down(min(y, frame.ceiling)))
      }
      let path = run.map { place($0.x, $0.high) } + run.reversed().map { place($0.x, $0.low) }
      return SVGElement(
        "polygon", ["class": "band \(tone.rawValue)-fill", "points": path.joined(separator: " ")])
    }
  }
}
