#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where values stand between the two ends of an axis, and which of them are labelled.
public struct Scale: Hashable, Sendable {
  /// How values are spread over an axis.
  public enum Kind: Hashable, Sendable {
    /// Equal steps are equally long.
    case linear
    /// Equal factors are equally long.
    case logarithmic
    /// Logarithmic where all values are positive and span more than ``decadesForLogarithm``.
    case automatic
  }

  /// Whether equal factors, not equal steps, are equally long.
  public let isLogarithmic: Bool
  /// The value at the lower end.
  public let low: Double
  /// The value at the upper end.
  public let high: Double

  /// Over two decades the lower part of a linear axis would be too flat to read.
  public static let decadesForLogarithm = 2.0
  /// How many labels an axis has at most.
  static let tickCount = 6
  /// A scale never spans less than this share of its values: below that doubles have no steps left.
  private static let smallestSpan = 1e-9

  /// A scale that holds values.
  ///
  /// - Parameters:
  ///   - values: what is to be shown; those that are not finite are passed over.
  ///   - kind: how they are spread.
  ///   - includesZero: whether a linear axis starts at zero, as bars need it.
  ///   - isPadded: whether the ends are moved out to labelled values.
  public init(
    holding values: some Sequence<Double>, kind: Kind = .automatic, includesZero: Bool = false,
    isPadded: Bool = true
  ) {
    var (low, high, lowest) = (Double.infinity, -Double.infinity, Double.infinity)
    for value in values where value.isFinite {
      (low, high) = (min(low, value), max(high, value))
      if value > 0 { lowest = min(lowest, value) }
    }
    if low > high { (low, high) = (0, 1) }
    switch kind {
    case .linear: isLogarithmic = false
    case .logarithmic: isLogarithmic = lowest.isFinite
    case .automatic:
      isLogarithmic = low > 0 && log10(high) - log10(low) >= Scale.decadesForLogarithm
    }
    if isLogarithmic {
      low = max(low, lowest)
      if low == high {
        low = max(low / 2, .leastNonzeroMagnitude)
        high = min(high * 2, .greatestFiniteMagnitude)
      }
      guard isPadded else {
        (self.low, self.high) = (low, high)
        return
      }
      (self.low, self.high) = Scale.logarithmicEnds(low, high)
      return
    }
    if includesZero { (low, high) = (min(low, 0), max(high, 0)) }
    let size = max(abs(low), abs(high))
    if high - low <= size * Scale.smallestSpan {
      let margin = size > 0 ? size / 2 : 0.5
      (low, high) = (low - margin, high + margin)
      if includesZero { low = min(low, 0) }
    }
    guard isPadded, (high - low).isFinite else {
      (self.low, self.high) = (max(low, -1e308), min(high, 1e308))
      return
    }
    let step = Scale.step(over: high - low)
    (self.low, self.high) = ((low / step).rounded(.down) * step, (high / step).rounded(.up) * step)
  }

  /// The place of a value, 0 at the lower end and 1 at the upper one; values outside stand at the
  /// ends.
  public func position(of value: Double) -> Double {
    if isLogarithmic {
      guard value > low else { return 0 }
      return min(max((log10(value) - log10(low)) / (log10(high) - log10(low)), 0), 1)
    }
    // Halves, because the span of doubles may exceed the largest one.
    return min(max((value / 2 - low / 2) / (high / 2 - low / 2), 0), 1)
  }

  /// The labelled values, rising.
  public var ticks: [Double] { isLogarithmic ? logarithmicTicks : linearTicks }

  /// Steps of whole numbers for axes that count.
  func wholeTicks(count: Int = tickCount) -> [Double] {
    let step = max(1, Scale.step(over: high - low, count: count))
    var value = (low / step).rounded(.up) * step
    var ticks: [Double] = []
    while value <= high, ticks.count < 4 * count {
      ticks.append(value)
      value += step
    }
    return ticks
  }

  private var linearTicks: [Double] {
    let step = Scale.step(over: high - low)
    guard step > 0, step.isFinite else { return [low, high] }
    let first = (low / step - 1e-6).rounded(.up)
    let steps = (high / step + 1e-6).rounded(.down) - first
    guard steps >= 0, steps <= 100 else { return [low, high] }
    let count = Int(steps)
    return (0...count).map { (first + Double($0)) * step }
  }

  /// Whole decades, thinned where there are many, with 2 and 5 between where there are few.
  private var logarithmicTicks: [Double] {
    let (first, last) = (log10(low), log10(high))
    let margin = 1e-6
    let decades = last - first
    let mantissas: [Double] = decades > 3 ? [1] : decades > 1.2 ? [1, 3] : [1, 2, 5]
    let stride = max(1, Int((decades / Double(Scale.tickCount)).rounded(.up)))
    var ticks: [Double] = []
    for exponent in Int(first.rounded(.down))...Int(last.rounded(.up))
    where exponent.isMultiple(of: stride) {
      for mantissa in mantissas {
        let place = Double(exponent) + log10(mantissa)
        if place >= first - margin && place <= last + margin {
          ticks.append(mantissa * pow(10, Double(exponent)))
        }
      }
    }
    return ticks.count > 1 ? ticks : [low, high]
  }

  /// 1, 2 or 5 times a power of ten, so that there are at most `count` steps.
  private static func step(over span: Double, count: Int = tickCount) -> Double {
    guard span > 0, span.isFinite else { return 1 }
    let rough = span / Double(count)
    let power = pow(10, log10(rough).rounded(.down))
    return power * ([1, 2, 5].first { $0 * power >= rough * (1 - 1e-9) } ?? 10)
  }

  /// Ends that are whole decades where values nearly fill them, else 1, 2 or 5 times a decade.
  private static func logarithmicEnds(_ low: Double, _ high: Double) -> (Double, Double) {
    func power(_ value: Double) -> Double { pow(10, log10(value).rounded(.down)) }
    let (under, over) = (power(low), power(high))
    let start = [5.0, 2, 1].first { $0 * under <= low * (1 + 1e-9) } ?? 1
    let end = [1.0, 2, 5, 10].first { $0 * over >= high * (1 - 1e-9) } ?? 10
    let (from, to) = (max(start * under, .leastNormalMagnitude), end * over)
    return from < to && to.isFinite ? (from, to) : (low, high)
  }
}
