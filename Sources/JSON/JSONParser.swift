extension JSONValue {
  /// What a reader accepts at most, so that a hostile document cannot exhaust memory or the stack.
  public struct Limits: Hashable, Sendable {
    /// How deep arrays and objects may be nested. Keras uses about ten levels for each model within
    /// a model.
    public var depth: Int
    /// How many bytes a document may have.
    public var bytes: Int

    /// Limits; by default 512 levels and 256 MiB.
    public init(depth: Int = 512, bytes: Int = 256 << 20) {
      self.depth = depth
      self.bytes = bytes
    }
  }

  /// Reads a JSON document as Python's `json` module does: strict, but with `NaN`, `Infinity` and
  /// `-Infinity`; of members with the same name the last one wins.
  ///
  /// Whole numbers that do not fit into 64 bits become floating-point numbers.
  /// - Throws: ``JSONError`` with line and column.
  public init(parsing bytes: [UInt8], limits: Limits = Limits()) throws(JSONError) {
    var parser = JSONParser(bytes: bytes, limits: limits)
    self = try parser.document()
  }

  /// Reads a JSON document.
  ///
  /// - Throws: ``JSONError`` with line and column.
  public init(parsing text: String, limits: Limits = Limits()) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }
}

/// Recursive descent over bytes.
struct JSONParser {
  let bytes: [UInt8]
  let limits: JSONValue.Limits
  var position = 0
  var depth = 0

  init(bytes: [UInt8], limits: JSONValue.Limits) {
    self.bytes = bytes
    self.limits = limits
  }

  mutating func document() throws(JSONError) -> JSONValue {
    guard bytes.count <= limits.bytes else {
      throw JSONError(.tooLarge(bytes: bytes.count, limit: limits.bytes), line: 1, column: 1)
    }
    // Editors on Windows put a byte-order mark first; Python skips it in bytes as well.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    skipSpace()
    let value = try self.value()
    skipSpace()
    if position < bytes.count { throw failure(.trailing(found: found)) }
    return value
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    guard position < bytes.count else { throw failure(.endOfInput(expected: "a value")) }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N"): return try word("NaN", .double(.nan))
    case UInt8(ascii: "I"): return try word("Infinity", .double(.infinity))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure(.unexpected(found: found, expected: "a value"))
    }
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    try descend()
    var members: [JSONObject.Member] = []
    skipSpace()
    if take("}") {
      depth -= 1
      return .object(JSONObject())
    }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw missing("a member's name in quotes") }
      let key = try string()
      skipSpace()
      guard take(":") else { throw missing("a colon") }
      skipSpace()
      members.append(JSONObject.Member(key: key, value: try value()))
      skipSpace()
    } while take(",")
    guard take("}") else { throw missing("a comma or }") }
    depth -= 1
    return .object(JSONObject(keepingLast: members))
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    try descend()
    var elements: [JSONValue] = []
    skipSpace()
    if take("]") {
      depth -= 1
      return .array([])
    }
    repeat {
      skipSpace()
      elements.append(try value())
      skipSpace()
    } while take(",")
    guard take("]") else { throw missing("a comma or ]") }
    depth -= 1
    return .array(elements)
  }

  private mutating func descend() throws(JSONError) {
    depth += 1
    if depth > limits.depth { throw failure(.tooDeep(limit: limits.depth)) }
    position += 1
  }

  private mutating func word(
    _ text: StaticString, _ value: JSONValue
  ) throws(JSONError) -> JSONValue {
    let end = position + text.utf8CodeUnitCount
    let matches = text.withUTF8Buffer { expected in
      end <= bytes.count && bytes[position..<end].elementsEqual(expected)
    }
    guard matches else { throw failure(.unexpected(found: found, expected: "\(text)")) }
    position = end
    return value
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    let isNegative = take("-")
    if isNegative, peek == UInt8(ascii: "I") {
      return try word("Infinity", .double(-.infinity))
    }
    var isWhole = true
    if !take("0") { try digits("a digit") }
    if take(".") {
      isWhole = false
      try digits("a digit behind the point")
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      try digits("a digit of the exponent")
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let whole = Int(text) { return .int(whole) }
    guard let number = Double(text) else {
      throw failure(.unexpected(found: "the number \(text.prefix(40))", expected: "a number"))
    }
    return .double(number)
  }

  private mutating func digits(_ expected: String) throws(JSONError) {
    let start = position
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    if position == start { throw missing(expected) }
  }

  // MARK: Small steps

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  func missing(_ expected: String) -> JSONError {
    position < bytes.count
      ? failure(.unexpected(found: found, expected: expected))
      : failure(.endOfInput(expected: expected))
  }

  /// The character at hand as an error message shows it: nothing that could move a cursor.
  var found: String {
    guard let byte = peek else { return "the end" }
    return (0x21...0x7E).contains(byte)
      ? "\u{201C}\(Unicode.Scalar(byte))\u{201D}" : "the byte 0x" + String(byte, radix: 16)
  }

  func failure(_ reason: JSONError.Reason) -> JSONError {
    let before = bytes[..<min(position, bytes.count)]
    let line = before.count { $0 == 0x0A } + 1
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return JSONError(reason, line: line, column: before.count - lineStart + 1)
  }
}
