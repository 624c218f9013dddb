/// A format of binary floating-point numbers, with what can go wrong in it.
public enum FloatFormat: String, Codable, Hashable, Sendable, CaseIterable {
  /// 11 bits of precision, up to 65504, down to 6e-8.
  case float16
  /// 8 bits of precision, the range of `float32`.
  case bfloat16
  /// 24 bits of precision.
  case float32

  /// How many bits of precision there are, the leading one counted.
  public var precision: Int {
    switch self {
    case .float16: 11
    case .bfloat16: 8
    case .float32: 24
    }
  }

  /// The exponent of the smallest normal number.
  private var lowestExponent: Int { self == .float16 ? -14 : -126 }

  /// The largest finite number.
  public var largest: Double {
    let step = Double(sign: .plus, exponent: 1 - precision, significand: 1)
    return Double(sign: .plus, exponent: self == .float16 ? 15 : 127, significand: 2 - step)
  }

  /// The smallest number above 0 of full precision.
  public var smallestNormal: Double {
    Double(sign: .plus, exponent: lowestExponent, significand: 1)
  }

  /// The smallest number above 0.
  public var smallest: Double {
    Double(sign: .plus, exponent: lowestExponent - precision + 1, significand: 1)
  }

  /// The nearest number of the format, halves to even: 0 below half of ``smallest``, infinite beyond
  /// ``largest``.
  public func rounded(_ number: Double) -> Double {
    guard number.isFinite, number != 0 else { return number }
    let exponent = max(Int(number.exponent), lowestExponent) - precision + 1
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    let result = (number / unit).rounded(.toNearestOrEven) * unit
    return abs(result) > largest ? (number < 0 ? -.infinity : .infinity) : result
  }
}

/// The `dtype` of a layer in Keras: in which format it computes, and in which it keeps its variables.
public struct PrecisionPolicy: Codable, Hashable, Sendable {
  /// Keras' name, as `mixed_float16`.
  public var name: String
  /// The format of what the layer computes.
  public var compute: FloatFormat
  /// The format of its variables.
  public var variables: FloatFormat

  /// The policy of a name; `nil` for names that say nothing of floating-point numbers.
  public init?(name: String) {
    // Quantised policies name the one that they came from: `int8_from_mixed_bfloat16`.
    let source = name.split(separator: "_from_").last.map(String.init) ?? name
    let isMixed = source.hasPrefix("mixed_")
    guard let format = FloatFormat(rawValue: isMixed ? String(source.dropFirst(6)) : source) else {
      return nil
    }
    self.name = name
    compute = format
    variables = isMixed ? .float32 : format
  }

  /// Whether it computes in half of the single precision or less.
  public var isHalf: Bool { compute != .float32 }
}
