#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Numbers as they stand beside an axis.
public enum TickText {
  /// Values from here on are written with a power of ten: five digits are read at a glance.
  private static let largestPlain = 1e5
  /// Values below are written with a power of ten: more than three zeros have to be counted.
  private static let smallestPlain = 1e-3

  /// The texts of all labels of an axis, with as many decimals as their steps need.
  public static func texts(_ ticks: [Double]) -> [String] {
    let size = ticks.map { abs($0) }.max() ?? 0
    let steps = zip(ticks, ticks.dropFirst()).map { abs($1 - $0) }
    let step = steps.min() ?? size
    let isEven = steps.allSatisfy { abs($0 - step) <= step * 1e-3 }
    guard isEven, size < largestPlain, step >= smallestPlain else { return ticks.map(text) }
    let decimals = max(0, Int((-log10(step) - 1e-9).rounded(.up)))
    return ticks.map { fixed($0, decimals: decimals) }
  }

  /// One value: `0.001`, `250`, `2×10⁻⁵`, `NaN`, `∞`.
  public static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "−∞" : "∞" }
    if value == 0 { return "0" }
    let size = abs(value)
    if size >= smallestPlain * 0.9999 && size < largestPlain {
      let decimals = max(0, 2 - Int(log10(size).rounded(.down)))
      return trimmed(fixed(value, decimals: decimals))
    }
    var exponent = Int((log10(size) + 1e-9).rounded(.down))
    var mantissa = value / pow(10, Double(exponent))
    if !mantissa.isFinite {
      mantissa = value / pow(10, Double(exponent) / 2) / pow(10, Double(exponent) / 2)
    }
    if abs(mantissa) >= 9.995 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    let digits = trimmed(fixed(mantissa, decimals: 2))
    let power = "10" + superscript(exponent)
    return digits == "1" ? power : digits == "−1" ? "−" + power : "\(digits)×\(power)"
  }

  /// A number with a fixed count of decimals, without the help of a locale.
  private static func fixed(_ value: Double, decimals: Int) -> String {
    let places = min(decimals, 9)
    let scaled = (abs(value) * pow(10, Double(places))).rounded()
    guard scaled < 9e15 else { return "\(value)" }
    let digits = String(Int(scaled))
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let sign = value < 0 && scaled > 0 ? "−" : ""
    guard places > 0 else { return sign + padded }
    return sign + padded.dropLast(places) + "." + padded.suffix(places)
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }

  private static func superscript(_ number: Int) -> String {
    let digits: [Character: Character] = [
      "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
      "8": "⁸", "9": "⁹",
    ]
    return String(String(number).compactMap { digits[$0] })
  }
}
