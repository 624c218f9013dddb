/// Text that came from outside, made harmless for a terminal.
///
/// Names of layers, files and columns are data: an escape sequence in one of them must neither
/// colour the screen nor move its cursor nor turn the order of the letters around.
package enum SafeText {
  /// The text with everything that a terminal would obey written as an escape, `\n` or `\u001b`.
  package static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHarmful) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where isHarmful(scalar): result += "\\u" + hexadecimal(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A JSON document whose strings hold nothing that a terminal would obey.
  ///
  /// JSON itself demands escapes below U+0020 only; outside of strings a document is ASCII, so any
  /// other harmful character stands inside of one, where `\u009b` means the same.
  package static func escapedInsideJSON(_ document: String) -> String {
    func mustGo(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x7F && isHarmful(scalar) }
    guard document.unicodeScalars.contains(where: mustGo) else { return document }
    var result = ""
    for scalar in document.unicodeScalars {
      if mustGo(scalar) {
        result += "\\u" + hexadecimal(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text in ASCII: the signs that our own reports use are spelt out, the rest is escaped.
  package static func ascii(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { !$0.isASCII }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else {
        result += spelling[scalar] ?? "\\u" + hexadecimal(scalar)
      }
    }
    return result
  }

  /// C0 and C1 controls, DEL, line separators, and the marks that turn the direction of writing.
  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x061C, 0x202A...0x202E,
      0x2066...0x2069, 0xFEFF:
      true
    default: false
    }
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static let spelling: [Unicode.Scalar: String] = [
    "→": "->", "…": "...", "–": "-", "—": "-", "×": "x", "·": "*", "≥": ">=", "≤": "<=",
    "≈": "~", "≠": "!=", "±": "+/-", "λ": "lambda", "β": "beta", "σ": "sigma", "µ": "u",
    "²": "^2", "³": "^3", "∞": "I", "↑": "^", "“": "\"", "”": "\"", "‘": "'", "’": "'", "│": "|",
    "┤": "+", "└": "+", "─": "-", "✕": "N", "\u{A0}": " ", "−": "-", "√": "sqrt", "‖": "||",
    "━": "=", "ε": "epsilon", "η": "eta", "γ": "gamma", "μ": "mu", "Δ": "delta", "½": "1/2",
  ]
}
