/// A value at a place; the value may be NaN or infinite, which a chart then says.
public struct Point: Hashable, Sendable {
  /// Where, along the horizontal axis.
  public var x: Double
  /// The value.
  public var y: Double

  /// A value at a place.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  /// Values that are counted from a first number, as the losses of epochs are from 1.
  public static func counted(_ values: [Double], from first: Int = 1) -> [Point] {
    values.enumerated().map { Point(Double(first + $0.offset), $0.element) }
  }

  /// At most about `count` points that look the same when drawn: of each stretch the first, the
  /// lowest, the highest and the last one, and the first that is not finite.
  ///
  /// - Complexity: O(*n*).
  public static func thinned(_ points: [Point], to count: Int) -> [Point] {
    let stretches = max(1, count / 4)
    guard points.count > count, stretches < points.count else { return points }
    var result: [Point] = []
    for stretch in 0..<stretches {
      let range = stretch * points.count / stretches..<(stretch + 1) * points.count / stretches
      guard var lowest = range.first else { continue }
      var (highest, odd) = (lowest, Int?.none)
      for index in range {
        guard points[index].y.isFinite else {
          odd = odd ?? index
          continue
        }
        if !(points[lowest].y <= points[index].y) { lowest = index }
        if !(points[highest].y >= points[index].y && points[highest].y.isFinite) { highest = index }
      }
      let picked = Set(
        [range.lowerBound, lowest, highest, range.upperBound - 1] + (odd.map { [$0] } ?? []))
      result += picked.sorted().map { points[$0] }
    }
    return result
  }
}
