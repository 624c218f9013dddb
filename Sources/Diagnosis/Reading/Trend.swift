/// A lasting rise of a series, told from noise by a test rather than by a window of fixed length.
///
/// The series is cut at every place in turn; where what follows rises by Mann and Kendall's rank test
/// (Mann 1945) the rise is compared with the noise from epoch to epoch. Ranks do not mind whether the
/// rise is slow or sudden, early or late: 1 % an epoch over thirty epochs is found, as is a divergence
/// in the last five, and a curve that wobbles around its floor is not.
package struct Trend: Hashable, Sendable {
  /// The last place at which the series was no farther above its lowest value than noise.
  package var start: Int
  /// The last value divided by the lowest.
  package var ratio: Double

  /// The test's figure from which a rise counts: three standard deviations of it under chance, and as
  /// many again for the many places at which the series is cut.
  private static let significance = 3.5
  /// The rise must exceed the typical step from epoch to epoch, up or down, this many times.
  private static let noiseRatio = 4.0
  /// And this share of the level, so that a curve at its floor does not rise by rounding.
  private static let visibleShare = 0.05
  /// Fewer values have too few ranks for any certainty.
  private static let minimumLength = 5

  /// Looks for a rise that lasts to the end of a series of finite values; `nil` if there is none.
  package init?(risingTo series: [Double]) {
    guard series.count >= Trend.minimumLength, series.allSatisfy(\.isFinite) else { return nil }
    // Noise is what steps down: in a rise most steps lead up, and their size is the rise itself. The
    // first half, where a healthy loss falls fast, does not count.
    let half = Array(series.suffix(max(2 * Trend.minimumLength, series.count / 2)))
    let falls = zip(half, half.dropFirst()).map { $0 - $1 }.filter { $0 > 0 }
    let noise = falls.isEmpty ? 0 : median(falls)
    var length = series.count
    while length >= Trend.minimumLength {
      let offset = series.count - length
      let lowest = (offset..<series.count).min { series[$0] < series[$1] } ?? offset
      if Trend.rises(Array(series[lowest...]), noise: noise) {
        let level = series[lowest]
        // What is no farther above the lowest value than noise does not rise yet.
        start = series.indices.last { $0 >= lowest && series[$0] <= level + noise } ?? lowest
        ratio = level != 0 ? series[series.count - 1] / level : .infinity
        return
      }
      length = length * 2 / 3
    }
    return nil
  }

  /// Whether a series that begins at its lowest value rises to its end, beyond noise.
  private static func rises(_ tail: [Double], noise: Double) -> Bool {
    guard tail.count >= minimumLength, let level = tail.first else { return false }
    // The median of the last values stands for the end: one high epoch is no rise.
    let rise = median(Array(tail.suffix(3))) - level
    return rise > noiseRatio * noise && rise > visibleShare * abs(level)
      && kendall(tail) > threshold(tail.count)
  }

  /// Mann and Kendall's figure: pairs in rising order less pairs in falling order, in standard
  /// deviations of chance.
  private static func kendall(_ series: [Double]) -> Double {
    // Long series are thinned out: the test needs ranks, not every epoch.
    let step = max(1, series.count / 200)
    let values = stride(from: 0, to: series.count, by: step).map { series[$0] }
    var sum = 0
    for (index, first) in values.enumerated() {
      for second in values[(index + 1)...] { sum += second > first ? 1 : second < first ? -1 : 0 }
    }
    let count = Double(values.count)
    return Double(sum) / (count * (count - 1) * (2 * count + 5) / 18).squareRoot()
  }

  /// For few values even a perfect order has a small figure: then it must be perfect, or nearly so.
  private static func threshold(_ count: Int) -> Double {
    let length = Double(min(count, 200))
    let perfect =
      length * (length - 1) / 2 / (length * (length - 1) * (2 * length + 5) / 18).squareRoot()
    return min(significance, 0.85 * perfect)
  }
}
