import CDigests

/// The hash function SHA-256 (FIPS 180-4), by which a report names the files that it is about.
package struct SHA256 {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  /// Bytes that do not yet fill a block of 64.
  private var pending: [UInt8] = []
  private var count: UInt64 = 0

  /// The state before any byte.
  package init() {}

  /// The hash of a file's bytes in hexadecimal, read piece by piece.
  ///
  /// - Throws: ``InputError`` if it cannot be read.
  package static func hexadecimal(of file: ReadableFile) throws(InputError) -> String {
    var hash = SHA256()
    var position = 0
    while position < file.count {
      let size = min(1 << 20, file.count - position)
      hash.update(try file.bytes(at: position, count: size))
      position += size
    }
    return hash.finished()
  }

  /// Takes in bytes.
  package mutating func update(_ bytes: [UInt8]) {
    count += UInt64(bytes.count)
    let all = pending.isEmpty ? bytes : pending + bytes
    let whole = all.count / 64 * 64
    all.withUnsafeBufferPointer { dh_sha256_blocks(&state, $0.baseAddress, whole / 64) }
    pending = Array(all[whole...])
  }

  /// The hash of all that was taken in, in hexadecimal.
  package mutating func finished() -> String {
    let bits = count * 8
    let zeros = (119 - pending.count) % 64
    var tail: [UInt8] = [0x80] + [UInt8](repeating: 0, count: zeros)
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    update(tail)
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}
