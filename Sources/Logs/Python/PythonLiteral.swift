import JSON

/// Reads what Python prints of a dictionary of numbers: quotes of both kinds, `nan`, `inf`, `None`,
/// tuples, and the names that NumPy and TensorFlow put around their numbers.
///
/// It is a reader of data: nothing is evaluated, a name with parentheses is only looked into.
struct PythonLiteral {
  private let bytes: [UInt8]
  /// Where reading stands.
  private(set) var position: Int
  private var depth = 0

  /// Histories nest twice; NumPy's names once more.
  private static let deepest = 8

  init(_ bytes: [UInt8], from position: Int) {
    self.bytes = bytes
    self.position = position
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte.isASCIISpace { position += 1 }
  }

  private mutating func skip(_ byte: Unicode.Scalar) -> Bool {
    skipSpace()
    guard current == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  /// The value at the current position; `nil` for anything that is no literal of this kind.
  mutating func value() -> JSONValue? {
    skipSpace()
    guard let byte = current, depth < PythonLiteral.deepest else { return nil }
    depth += 1
    defer { depth -= 1 }
    switch byte {
    case UInt8(ascii: "{"): return dictionary()
    case UInt8(ascii: "["): return list(closing: "]")
    case UInt8(ascii: "("): return list(closing: ")")
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return string().map { .string($0) }
    default:
      var rest = bytes[position...]
      if let number = LoggedNumber(&rest) {
        position = rest.startIndex
        return .double(number.value)
      }
      return byte.isASCIILetter || byte == 95 || byte == UInt8(ascii: "<") ? named() : nil
    }
  }

  private mutating func dictionary() -> JSONValue? {
    guard skip("{") else { return nil }
    var object = JSONObject()
    while !skip("}") {
      skipSpace()
      // Python 2 marks text with a u.
      if current == UInt8(ascii: "u") { position += 1 }
      guard let key = string(), skip(":"), let value = value() else { return nil }
      object[key] = value
      if !skip(",") {
        guard skip("}") else { return nil }
        break
      }
    }
    return .object(object)
  }

  private mutating func list(closing: Unicode.Scalar) -> JSONValue? {
    position += 1
    var elements: [JSONValue] = []
    while !skip(closing) {
      // NumPy leaves the middle of a long array out.
      if bytes[position...].starts(with: "...".utf8) {
        position += 3
        _ = skip(",")
        continue
      }
      guard let value = value() else { return nil }
      elements.append(value)
      // NumPy separates by spaces alone.
      _ = skip(",")
    }
    return .array(elements)
  }

  private mutating func string() -> String? {
    skipSpace()
    guard let quote = current, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      return nil
    }
    let start = position + 1
    position = start
    while let byte = current, byte != quote {
      guard byte != 10, byte != UInt8(ascii: "\\"), position - start < 200 else { return nil }
      position += 1
    }
    guard current == quote else { return nil }
    position += 1
    return bytes[start..<(position - 1)].text
  }

  /// `None`, `True`, `np.float64(0.5)`, `array([0.5, 0.4], dtype=float32)`,
  /// `<tf.Tensor: shape=(), dtype=float32, numpy=0.5>`.
  private mutating func named() -> JSONValue? {
    if current == UInt8(ascii: "<") {
      guard let end = bytes[position...].prefix(400).firstIndex(of: UInt8(ascii: ">")),
        let number = bytes[position..<end].firstIndex(of: "numpy=", from: position)
      else { return nil }
      var rest = bytes[(number + 6)..<end]
      guard let value = LoggedNumber(&rest) else { return nil }
      position = end + 1
      return .double(value.value)
    }
    let start = position
    while let byte = current, byte.isNamePart || byte == UInt8(ascii: ".") { position += 1 }
    let name = bytes[start..<position].text
    switch name {
    case "None": return .null
    case "True": return .bool(true)
    case "False": return .bool(false)
    default: break
    }
    guard skip("("), let inner = value() else { return nil }
    // What follows are arguments such as dtype=float32 and shape=().
    var open = 1
    while open > 0 {
      guard let byte = current, byte != 10 || open < 3 else { return nil }
      if byte == UInt8(ascii: "(") { open += 1 }
      if byte == UInt8(ascii: ")") { open -= 1 }
      position += 1
    }
    return inner
  }
}
