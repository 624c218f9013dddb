/// Something that is drawn between the axes of a ``Chart``. Each kind is one file.
public protocol Mark: Sendable {
  /// The values that the horizontal axis has to hold.
  var xs: [Double] { get }
  /// The values that the vertical axis has to hold.
  var ys: [Double] { get }
  /// Name and look in the legend; `nil` where the mark names itself or needs no name.
  var legend: LegendEntry? { get }
}

/// One entry of a legend.
public struct LegendEntry: Hashable, Sendable {
  /// What the mark is.
  public var name: String
  /// Its colour.
  public var tone: Tone
  /// Whether it is an area, not a curve.
  public var isArea: Bool

  /// One entry of a legend.
  public init(name: String, tone: Tone, isArea: Bool = false) {
    self.name = name
    self.tone = tone
    self.isArea = isArea
  }
}

/// A mark that can draw itself; the way in which it does stays inside of this module.
protocol DrawnMark: Mark {
  func elements(in frame: Frame) -> [SVGElement]
}
