extension JSONParser {
  /// Reads a string from its opening quote to behind its closing one.
  mutating func string() throws(JSONError) -> String {
    position += 1
    var start = position
    var result = ""
    while true {
      guard let byte = peek else { throw failure(.endOfInput(expected: "a closing quote")) }
      switch byte {
      case UInt8(ascii: "\""):
        result += try text(start..<position)
        position += 1
        return result
      case UInt8(ascii: "\\"):
        result += try text(start..<position)
        position += 1
        result.unicodeScalars.append(try escape())
        start = position
      case 0..<0x20:
        throw failure(.unexpected(found: found, expected: "an escape such as \\n"))
      default:
        position += 1
      }
    }
  }

  private func text(_ range: Range<Int>) throws(JSONError) -> String {
    if range.isEmpty { return "" }
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw failure(.invalidUTF8)
    }
    return text
  }

  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    guard let byte = peek else { throw failure(.endOfInput(expected: "an escape")) }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default:
      position -= 1
      throw failure(.unexpected(found: found, expected: "one of \"\\/bfnrtu"))
    }
  }

  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let first = try fourHexDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let isHigh = (0xD800..<0xDC00).contains(first)
    if isHigh, take("\\"), take("u") {
      let second = try fourHexDigits()
      if (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
      {
        return scalar
      }
    }
    throw failure(.loneSurrogate("\\u" + String(first, radix: 16)))
  }

  private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
    var result: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek else { throw failure(.endOfInput(expected: "four hex digits")) }
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure(.unexpected(found: found, expected: "a hex digit"))
      }
      result = result << 4 | UInt32(digit)
      position += 1
    }
    return result
  }
}
