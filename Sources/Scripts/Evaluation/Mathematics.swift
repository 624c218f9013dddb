#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The functions of the C library that arrays of scripts are made with.
enum Mathematics {
  static func power(_ base: Double, _ exponent: Double) -> Double {
    exponent == 2 ? base * base : pow(base, exponent)
  }

  /// The functions of one number by NumPy's names.
  static let functions: [String: @Sendable (Double) -> Double] = [
    "sin": { sin($0) }, "cos": { cos($0) }, "tan": { tan($0) }, "tanh": { tanh($0) },
    "sinh": { sinh($0) }, "cosh": { cosh($0) }, "arctan": { atan($0) }, "arcsin": { asin($0) },
    "arccos": { acos($0) }, "exp": { exp($0) }, "expm1": { expm1($0) }, "log": { log($0) },
    "log2": { log2($0) }, "log10": { log10($0) }, "log1p": { log1p($0) }, "sqrt": { sqrt($0) },
    "floor": { $0.rounded(.down) }, "ceil": { $0.rounded(.up) },
    "rint": { $0.rounded(.toNearestOrEven) },
    "deg2rad": { $0 * .pi / 180 }, "radians": { $0 * .pi / 180 },
  ]

  static func cosine(_ x: Double) -> Double { cos(x) }
  static func sine(_ x: Double) -> Double { sin(x) }
  static func logarithm(_ x: Double) -> Double { log(x) }
  static func exponential(_ x: Double) -> Double { exp(x) }
}
