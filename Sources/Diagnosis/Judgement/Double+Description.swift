extension Double {
  /// The number with four significant digits, in powers of ten where it is very large or small.
  package var shortDescription: String {
    guard isFinite else { return isNaN ? "NaN" : self > 0 ? "infinity" : "-infinity" }
    if self == 0 { return "0" }
    var exponent = 0
    var mantissa = abs(self)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    var digits = (mantissa * 1000).rounded()
    if digits >= 10_000 { (digits, exponent) = (digits / 10, exponent + 1) }
    let sign = self < 0 ? "-" : ""
    var text = String(Int(digits))
    if exponent < -3 || exponent > 5 {
      text.insert(".", at: text.index(after: text.startIndex))
      return sign + trimmed(text) + "e\(exponent)"
    }
    if exponent >= 3 { return sign + text + String(repeating: "0", count: exponent - 3) }
    if exponent >= 0 {
      text.insert(".", at: text.index(text.startIndex, offsetBy: exponent + 1))
    } else {
      text = "0." + String(repeating: "0", count: -exponent - 1) + text
    }
    return sign + trimmed(text)
  }

  private func trimmed(_ text: String) -> String {
    var text = text
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }
}
