#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Numbers as people read them.
package enum NumberText {
  /// The longest text that `%.4f` gives: 309 digits of the largest double, a point, 4 decimals, a
  /// sign and the final zero byte, rounded up.
  private static let capacity = 352

  /// A number in the words of C's `printf`; NaN is `nan` and infinity `inf`, as in Python.
  ///
  /// The C locale is never set by this program, so the decimal mark is a point everywhere.
  package static func printed(_ number: Double, _ format: String) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    return withVaList([number]) { arguments in
      var buffer = [CChar](repeating: 0, count: capacity)
      let length = Int(vsnprintf(&buffer, buffer.count, format, arguments))
      let bytes = buffer.prefix(min(max(length, 0), capacity - 1)).map(UInt8.init(bitPattern:))
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// A number with at most `digits` significant digits: `0.1`, `152.4`, `1.2e-05`, `NaN`.
  package static func short(_ number: Double, digits: Int = 4) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    return printed(number, "%.\(digits)g")
  }

  /// A duration: `0.4 ms`, `12 ms`, `3.1 s`, `2 min 5 s`.
  package static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "?" }
    if seconds < 0.01 { return printed(seconds * 1000, "%.1f ms") }
    if seconds < 1 { return printed(seconds * 1000, "%.0f ms") }
    if seconds < 60 { return printed(seconds, "%.1f s") }
    let whole = Int(seconds.rounded())
    return "\(whole / 60) min \(whole % 60) s"
  }
}
