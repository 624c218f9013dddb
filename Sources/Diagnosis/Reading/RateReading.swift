import CaseFile
import JSON

/// What a range of learning rates, each tried on a short run, says about the user's.
package enum RateReading {
  /// A rate must reach a loss lower than the user's by this share to count as better: less is noise
  /// between short runs.
  static let improvement = 0.1

  /// The best of the measured rates below the user's, if it is better: one below the stability limit
  /// if such a one is better too, because beyond the limit luck decides.
  static func best(
    _ measurements: Measurements, below rate: Double, limit: Double
  ) -> Double? {
    best(measurements, at: rate) { $0.rate < rate * 0.7 && $0.rate < limit }
      ?? best(measurements, at: rate) { $0.rate < rate * 0.7 }
  }

  /// The best of the measured rates above the user's, if it is better.
  static func best(_ measurements: Measurements, above rate: Double) -> Double? {
    best(measurements, at: rate) { $0.rate > rate * 1.4 }
  }

  private static func best(
    _ measurements: Measurements, at rate: Double, where isCandidate: (RateProbe) -> Bool
  ) -> Double? {
    let own = measurements.rates.min { abs($0.rate / rate - 1) < abs($1.rate / rate - 1) }
    let candidates = measurements.rates.filter { isCandidate($0) && $0.loss.isFinite }
    guard let best = candidates.min(by: { $0.loss < $1.loss }) else { return nil }
    guard let own, own.loss.isFinite else { return best.rate }
    return best.loss < own.loss * (1 - improvement) ? best.rate : nil
  }

  /// The measured losses in one line.
  static func evidence(_ measurements: Measurements) -> [Evidence] {
    guard let best = measurements.rates.filter({ $0.loss.isFinite }).min(by: { $0.loss < $1.loss })
    else { return [] }
    return [
      Evidence(
        "of \(measurements.rates.count) rates from \(figure(measurements.rates.first?.rate ?? 0)) to"
          + " \(figure(measurements.rates.last?.rate ?? 0)), \(figure(best.rate)) reached the lowest"
          + " loss, \(figure(best.loss))", value: best.rate, basis: .probe)
    ]
  }

  /// The remedy that sets a measured rate.
  static func remedy(_ rate: Double, _ facts: CaseFile) -> Remedy {
    let old = facts.compilation?.optimizerConfiguration["learning_rate"] ?? .null
    return Remedy(
      edits: [
        Edit(
          target: "optimizer.learning_rate", from: old.double.map { .double(shortest($0)) } ?? old,
          to: .double(rate))
      ], summary: "learning rate \(figure(rate))")
  }

  /// A rate with two significant digits.
  package static func rounded(_ rate: Double) -> Double {
    guard rate > 0, rate.isFinite else { return rate }
    return Double(String(rate.twoDigits)) ?? rate
  }

  /// 0.009999999776482582, which is what float32 makes of 0.01, as 0.01.
  package static func shortest(_ rate: Double) -> Double { Double("\(Float(rate))") ?? rate }
}

extension Double {
  /// The number with two significant digits, as text.
  fileprivate var twoDigits: String {
    var (mantissa, exponent) = (self, 0)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return "\((mantissa * 10).rounded() / 10)e\(exponent)"
  }
}
