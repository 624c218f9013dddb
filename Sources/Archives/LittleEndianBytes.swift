/// Takes unsigned numbers off the front of bytes, least significant byte first.
struct LittleEndianBytes {
  private let bytes: [UInt8]
  private var position: Int

  init(_ bytes: [UInt8], at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  var remaining: Int { bytes.count - position }

  /// The next number of `width` bytes. Numbers beyond `Int.max` become `Int.max`, which no check
  /// lets pass.
  ///
  /// - Precondition: that many bytes remain.
  mutating func next(_ width: Int) -> Int {
    var result: UInt64 = 0
    for index in 0..<width { result |= UInt64(bytes[position + index]) << (8 * UInt64(index)) }
    position += width
    return Int(clamping: result)
  }

  mutating func skip(_ count: Int) { position += count }

  mutating func take(_ count: Int) -> ArraySlice<UInt8> {
    position += count
    return bytes[position - count..<position]
  }
}
