import CKernels

/// Adam's passes over the rows of a table, with the moves of several steps added up.
///
/// A row without a gradient still moves: m and v shrink, and w −= αⱼ·β₁ʲ·m ÷ (√v·β₂^(j/2) + ε) in the
/// j-th step. With s = √v, y = s ÷ (s + ε) and δⱼ = 1 − β₂^(j/2) that is
/// m ÷ (s + ε) · Σₚ yᵖ · αⱼ·β₁ʲ·δⱼᵖ, a series that converges as fast whatever s and ε are. Its sums over
/// the steps depend on a row's age alone, so they are kept in a table by age that each step carries on.
public final class AdamRows {
  /// The greatest number of steps that a row may lag.
  public let mostAge: Int
  private let terms: Int
  private let ages: Int
  private let weights: UnsafeMutablePointer<Double>
  private var sums: UnsafeMutablePointer<Double>
  private var otherSums: UnsafeMutablePointer<Double>
  private let factors: UnsafeMutablePointer<Float>
  private let kept: UnsafeMutablePointer<Float>
  private var kernel = dh_adam_rows()

  /// Rows that lag longer save no work worth naming: each step settles one row of so many in turn.
  private static let longestAge = 128
  /// With rows that lag less the turns would cost more than the rows that they save.
  private static let shortestAge = 32
  /// How many terms of the series are tried; four reach for β₂ = 0.999, eight for 0.99.
  private static let termCounts = [4, 8]
  /// What the rest of the series may be of the moves, which are themselves rounded to 6e-8 of the
  /// weights: some thousandths of those.
  private static let tolerance = 1e-6

  /// Passes for Adam's arguments; `nil` where the series would take more terms than it saves.
  public init?(beta1: Double, beta2: Double, epsilon: Double) {
    // As the pass over whole arrays rounds them.
    let fresh = [beta1, beta2].map { Float(1 - $0) }
    let (shrink, root) = (1 - Double(fresh[0]), (1 - Double(fresh[1])).squareRoot())
    guard (0..<1).contains(shrink), (0..<1).contains(root) else { return nil }
    var found: (terms: Int, age: Int)?
    for terms in Self.termCounts where found == nil {
      let age = Self.age(shrink, root, terms: terms)
      if age >= Self.shortestAge { found = (terms, age) }
    }
    guard let found else { return nil }
    (terms, mostAge) = found
    ages = mostAge + 1
    weights = .allocate(capacity: terms * ages)
    kept = .allocate(capacity: 2 * ages)
    var (power, rootPower) = (1.0, 1.0)
    for age in 0..<ages {
      var weight = power
      for term in 0..<terms {
        (weights + term * ages + age).initialize(to: weight)
        weight *= 1 - rootPower
      }
      (kept + age).initialize(to: Float(power))
      (kept + ages + age).initialize(to: Float(rootPower * rootPower))
      power *= shrink
      rootPower *= root
    }
    let count = 2 * (terms + 1) * ages
    sums = .allocate(capacity: count)
    sums.initialize(repeating: 0, count: count)
    otherSums = .allocate(capacity: count)
    otherSums.initialize(repeating: 0, count: count)
    factors = .allocate(capacity: count)
    factors.initialize(repeating: 0, count: count)
    // Before the first step all rows are settled, and nothing is to be done for those.
    sums[0] = 1
    kernel = dh_adam_rows(
      factors: factors, terms: Int64(terms), mean_kept: kept, spread_kept: kept + ages,
      epsilon: Float(epsilon), one_minus_beta1: fresh[0], one_minus_beta2: fresh[1])
  }

  deinit {
    weights.deallocate()
    kept.deallocate()
    sums.deallocate()
    otherSums.deallocate()
    factors.deallocate()
  }

  /// Up to which age the terms of the series are enough: what is left out, at most
  /// Σ β₁ʲ·δⱼᵗᵉʳᵐˢ ÷ (1 − δ), against Σ β₁ʲ.
  private static func age(_ shrink: Double, _ root: Double, terms: Int) -> Int {
    var (rest, whole, power, rootPower) = (0.0, 0.0, 1.0, 1.0)
    for age in 0...longestAge {
      var part = power
      for _ in 0..<terms { part *= 1 - rootPower }
      rest += part
      whole += power
      if rest / rootPower > tolerance * whole { return age - 1 }
      power *= shrink
      rootPower *= root
    }
    return longestAge
  }

  /// Carries the sums on by a step.
  ///
  /// - Parameters:
  ///   - alpha: The factor of m ÷ (√v + ε) in the step.
  ///   - kept: What its decay leaves of the weights.
  public func advance(alpha: Float, kept: Float) {
    dh_adam_rows_advance(
      sums, otherSums, weights, factors, Int64(ages), Int64(terms), Double(alpha), Double(kept))
    swap(&sums, &otherSums)
  }

  /// Settles the rows of a part whose turn it is, finds those that the batch looks up, and brings them
  /// up to date.
  public func open(_ rows: TableRows, part: Int) {
    var kernel = kernel
    rows.withTable { dh_adam_rows_open($0, &kernel, Int64(part)) }
  }

  /// Brings weights and slots of all rows of a part up to date.
  public func settle(_ rows: TableRows, part: Int) {
    var kernel = kernel
    rows.withTable { dh_adam_rows_settle($0, &kernel, Int64(part)) }
  }

  /// Takes the gradients of the batch's rows of a part into their slots; their weights follow when they
  /// are brought up to date.
  public func step(_ rows: TableRows, part: Int) {
    var kernel = kernel
    rows.withTable { dh_adam_rows_step($0, &kernel, Int64(part)) }
  }
}
