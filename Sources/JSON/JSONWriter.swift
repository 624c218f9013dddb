extension JSONValue {
  /// How a document is laid out.
  public enum Layout: Hashable, Sendable {
    /// On one line, with a space behind colons and commas, as Python writes it.
    case compact
    /// One member a line, two spaces a level.
    case pretty
  }

  /// How numbers are written for which JSON has no word.
  public enum NonFinite: Hashable, Sendable {
    /// As `NaN`, `Infinity` and `-Infinity`, which Python reads and writes but JSON forbids.
    case python
    /// As the strings `"NaN"`, `"Infinity"` and `"-Infinity"`, so that every reader accepts the text.
    case strings
  }

  /// The document as text. Floating-point numbers always have a point or an exponent (`1.0`,
  /// `1e-07`), and as many digits as reading them back exactly takes.
  public func text(_ layout: Layout = .compact, nonFinite: NonFinite = .python) -> String {
    String(decoding: bytes(layout, nonFinite: nonFinite), as: UTF8.self)
  }

  /// The document as UTF-8.
  public func bytes(_ layout: Layout = .compact, nonFinite: NonFinite = .python) -> [UInt8] {
    var writer = JSONWriter(layout: layout, nonFinite: nonFinite)
    writer.write(self)
    return writer.bytes
  }
}

private struct JSONWriter {
  let layout: JSONValue.Layout
  let nonFinite: JSONValue.NonFinite
  var bytes: [UInt8] = []
  var level = 0

  init(layout: JSONValue.Layout, nonFinite: JSONValue.NonFinite) {
    self.layout = layout
    self.nonFinite = nonFinite
  }

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let flag): append(flag ? "true" : "false")
    case .int(let number): append(String(number))
    case .double(let number): write(number)
    case .string(let text): write(text)
    case .array(let elements):
      // Arrays of scalars (shapes, curves) stay on one line: one number a line helps nobody.
      let isFlat = !elements.contains { $0.array?.isEmpty == false || $0.object != nil }
      write("[", elements, "]", onOneLine: isFlat) { $0.write($1) }
    case .object(let object):
      write("{", object.members, "}", onOneLine: false) {
        $0.write($1.key)
        $0.append(": ")
        $0.write($1.value)
      }
    }
  }

  private mutating func write<Element>(
    _ opening: String, _ elements: [Element], _ closing: String, onOneLine: Bool,
    _ body: (inout JSONWriter, Element) -> Void
  ) {
    append(opening)
    let breaks = layout == .pretty && !onOneLine && !elements.isEmpty
    level += 1
    for (number, element) in elements.enumerated() {
      if number > 0 { append(breaks ? "," : ", ") }
      if breaks { newLine() }
      body(&self, element)
    }
    level -= 1
    if breaks { newLine() }
    append(closing)
  }

  private mutating func write(_ number: Double) {
    if number.isFinite {
      append("\(number)")
    } else {
      let name = number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
      append(nonFinite == .python ? name : "\"\(name)\"")
    }
  }

  private mutating func write(_ text: String) {
    append("\"")
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      // Control characters, DEL included: a report may be shown in a terminal.
      case 0..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        append("\\u00" + (digits.count < 2 ? "0" : "") + digits)
      default: bytes.append(byte)
      }
    }
    append("\"")
  }

  private mutating func newLine() {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * level))
  }

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
