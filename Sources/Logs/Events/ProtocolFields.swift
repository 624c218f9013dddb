/// The fields of a message in the wire format of protocol buffers, one after the other.
struct ProtocolFields: Sequence, IteratorProtocol {
  /// One field.
  struct Field {
    /// Its number in the message's definition.
    var number: UInt64
    var value: Value
  }

  /// What a field holds, by its wire type.
  enum Value {
    case integer(UInt64)
    case eightBytes(UInt64)
    case bytes(ArraySlice<UInt8>)
    case fourBytes(UInt32)
  }

  private var rest: ArraySlice<UInt8>

  init(_ message: ArraySlice<UInt8>) { rest = message }

  /// The next field; `nil` at the end of the message and at anything that is not one.
  mutating func next() -> Field? {
    guard let key = variable() else { return nil }
    switch key & 7 {
    case 0: return variable().map { Field(number: key >> 3, value: .integer($0)) }
    case 1: return fixed(8).map { Field(number: key >> 3, value: .eightBytes($0)) }
    case 2:
      guard let length = variable().flatMap({ Int(exactly: $0) }), length <= rest.count else {
        return nil
      }
      let data = rest.prefix(length)
      rest = rest.dropFirst(length)
      return Field(number: key >> 3, value: .bytes(data))
    case 5: return fixed(4).map { Field(number: key >> 3, value: .fourBytes(UInt32($0))) }
    default:
      rest = []
      return nil
    }
  }

  private mutating func variable() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 128 { return value }
    }
    return nil
  }

  private mutating func fixed(_ count: Int) -> UInt64? {
    guard rest.count >= count else { return nil }
    var value: UInt64 = 0
    for (index, byte) in rest.prefix(count).enumerated() {
      value |= UInt64(byte) << (8 * UInt64(index))
    }
    rest = rest.dropFirst(count)
    return value
  }
}
