/// Random numbers for arrays that a script draws: not those of the run, but of the same distribution.
///
/// SplitMix64 (Steele, Lea, Flood 2014), always from the same start, so that a script reads the same
/// every time.
struct Draws {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var spare: Double?
  private var numbered = 0

  /// A number that nothing else has: of a source of rows, or of a random order.
  mutating func number() -> Int {
    numbered += 1
    return numbered
  }

  /// A whole number of 64 random bits.
  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Evenly from 0 to below 1.
  mutating func uniform() -> Double { Double(bits() >> 11) * 0x1p-53 }

  /// A whole number from 0 to below a bound.
  mutating func below(_ bound: Int) -> Int { bound > 0 ? Int(bits() % UInt64(bound)) : 0 }

  /// From the standard normal distribution (Marsaglia's polar method).
  mutating func normal() -> Double {
    if let value = spare {
      spare = nil
      return value
    }
    while true {
      let (u, v) = (2 * uniform() - 1, 2 * uniform() - 1)
      let square = u * u + v * v
      if square > 0, square < 1 {
        let factor = (-2 * Mathematics.logarithm(square) / square).squareRoot()
        spare = v * factor
        return u * factor
      }
    }
  }

  /// From the gamma distribution (Marsaglia and Tsang 2000).
  mutating func gamma(_ shape: Double) -> Double {
    guard shape > 0, shape.isFinite else { return .nan }
    if shape < 1 { return gamma(shape + 1) * Mathematics.power(uniform(), 1 / shape) }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    for _ in 0..<1000 {
      let x = normal()
      let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
      if v > 0,
        Mathematics.logarithm(1 - uniform()) < 0.5 * x * x + d - d * v + d
          * Mathematics.logarithm(v)
      {
        return d * v
      }
    }
    return d
  }

  /// From the Poisson distribution; beyond 500 rounded from the normal one.
  mutating func poisson(_ mean: Double) -> Double {
    guard mean > 0 else { return 0 }
    guard mean < 500 else { return max(0, (mean + mean.squareRoot() * normal()).rounded()) }
    let limit = Mathematics.exponential(-mean)
    var (count, product) = (-1.0, 1.0)
    repeat {
      count += 1
      product *= uniform()
    } while product > limit
    return count
  }

  /// The numbers from 0 to below a count in random order.
  mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<max(0, count))
    for index in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(index, below(index + 1))
    }
    return order
  }

  /// An array of numbers drawn one by one; where it is very large, a sample of its rows.
  mutating func array(
    _ shape: [Int], _ kind: NDArray.Kind, _ draw: (inout Draws) -> Double
  ) -> NDArray? {
    guard shape.allSatisfy({ $0 >= 0 && $0 < 1 << 40 }) else { return nil }
    var stored = shape
    var total = 1.0
    for extent in shape { total *= Double(extent) }
    let length = shape.dropFirst().reduce(1.0) { $0 * Double($1) }
    if total > Double(Draws.sampleLimit), let first = shape.first {
      guard length <= Double(Draws.sampleLimit) else { return nil }
      stored[0] = min(first, max(1, Int(Double(Draws.sampleLimit) / max(1, length))))
    }
    let count = stored.reduce(1, *)
    var data = [Double](repeating: 0, count: count)
    for index in 0..<count { data[index] = draw(&self) }
    var result = NDArray(stored, data, kind, isDrawn: true)
    if stored != shape { result.declaredRows = shape[0] }
    if let rows = stored.first { result.origin = RowOrigin(source: number(), count: rows) }
    return result
  }

  /// Beyond this many elements a sample of rows is drawn: its facts are as good to two digits.
  static let sampleLimit = 2_100_000
}
