/// SipHash-2-4 (Aumasson and Bernstein 2012, <https://www.aumasson.jp/siphash/siphash.pdf>): the hash
/// of strings that TensorFlow uses where a salt is given.
package enum SipHash {
  /// The hash of bytes under a key of two words.
  package static func hash(
    _ bytes: UnsafeBufferPointer<UInt8>, key: (UInt64, UInt64)
  ) -> UInt64 {
    var v0 = key.0 ^ 0x736f_6d65_7073_6575
    var v1 = key.1 ^ 0x646f_7261_6e64_6f6d
    var v2 = key.0 ^ 0x6c79_6765_6e65_7261
    var v3 = key.1 ^ 0x7465_6462_7974_6573
    func rotate(_ value: UInt64, _ shift: UInt64) -> UInt64 {
      value << shift | value >> (64 - shift)
    }
    func round() {
      v0 = v0 &+ v1
      v1 = rotate(v1, 13) ^ v0
      v0 = rotate(v0, 32)
      v2 = v2 &+ v3
      v3 = rotate(v3, 16) ^ v2
      v0 = v0 &+ v3
      v3 = rotate(v3, 21) ^ v0
      v2 = v2 &+ v1
      v1 = rotate(v1, 17) ^ v2
      v2 = rotate(v2, 32)
    }
    func take(_ word: UInt64) {
      v3 ^= word
      round()
      round()
      v0 ^= word
    }
    let whole = bytes.count / 8 * 8
    let raw = UnsafeRawBufferPointer(bytes)
    for offset in stride(from: 0, to: whole, by: 8) {
      take(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    }
    var last = UInt64(truncatingIfNeeded: bytes.count) << 56
    for offset in whole..<bytes.count {
      last |= UInt64(bytes[offset]) << UInt64(8 * (offset - whole))
    }
    take(last)
    v2 ^= 0xff
    for _ in 0..<4 { round() }
    return v0 ^ v1 ^ v2 ^ v3
  }
}
