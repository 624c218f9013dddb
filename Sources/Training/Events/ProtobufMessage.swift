/// A message in the encoding of Protocol Buffers, written field by field.
struct ProtobufMessage: Hashable, Sendable {
  /// The message as bytes.
  private(set) var bytes: [UInt8] = []

  /// How a field is encoded.
  private enum Wire: UInt64 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
  }

  private mutating func key(_ field: Int, _ wire: Wire) {
    varint(UInt64(field) << 3 | wire.rawValue)
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Adds a whole number.
  mutating func set(_ field: Int, to number: Int) {
    key(field, .varint)
    varint(UInt64(bitPattern: Int64(number)))
  }

  /// Adds a number of double precision.
  mutating func set(_ field: Int, to number: Double) {
    key(field, .fixed64)
    bytes += littleEndian(number.bitPattern)
  }

  /// Adds bytes.
  mutating func set(_ field: Int, to content: [UInt8]) {
    key(field, .lengthDelimited)
    varint(UInt64(content.count))
    bytes += content
  }

  /// Adds a text.
  mutating func set(_ field: Int, to text: String) { set(field, to: Array(text.utf8)) }

  /// Adds a message.
  mutating func set(_ field: Int, to message: ProtobufMessage) { set(field, to: message.bytes) }
}

/// The bytes of a number, the lowest first.
func littleEndian<T: FixedWidthInteger>(_ number: T) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian) { Array($0) }
}
