#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where a loss stands between the lower and the upper edge of a chart.
struct LossScale {
  let isLogarithmic: Bool
  /// Values above it are not drawn.
  let ceiling: Double
  /// The edges, in the logarithm where the scale is logarithmic.
  private let low: Double
  private let high: Double

  /// A scale over the finite values up to a ceiling; `nil` if there is none.
  init?(values: some Sequence<Double>, ceiling: Double = .infinity) {
    self.ceiling = ceiling
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite && value <= ceiling {
      low = min(low, value)
      high = max(high, value)
    }
    guard low <= high else { return nil }
    isLogarithmic = low > 0 && log10(high) - log10(low) >= LossChart.decadesForLogScale
    if isLogarithmic { (low, high) = (log10(low), log10(high)) }
    // Values that are all the same run along the middle.
    if low == high {
      let spread = max(abs(low) / 2, Double.leastNormalMagnitude)
      (low, high) = (low - spread, high + spread)
    }
    self.low = low
    self.high = high
  }

  /// The height of a finite value, 0 at the lower edge and 1 at the upper one.
  ///
  /// Halves are subtracted because the span of doubles may exceed the largest one.
  func height(of value: Double) -> Double {
    let position = isLogarithmic ? log10(value) : value
    let span = high / 2 - low / 2
    guard span > 0 else { return 0.5 }
    return min(max((position / 2 - low / 2) / span, 0), 1)
  }

  /// One label a row, the upper edge first; rows without one have an empty text.
  func labels(rows: Int) -> [String] {
    var labels = [String](repeating: "", count: rows)
    for (row, share) in [(0, 1.0), (rows / 2, 0.5), (rows - 1, 0.0)] {
      let position = low * (1 - share) + high * share
      labels[row] = NumberText.short(isLogarithmic ? pow(10, position) : position, digits: 3)
    }
    return labels
  }
}
