/// The checksum of record files: CRC-32C (Castagnoli), masked so that a checksum of a text that holds
/// checksums is not weak (`tensorflow/core/lib/hash/crc32c.h`).
enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1
    }
  }

  /// The masked checksum of bytes.
  static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var value = ~UInt32(0)
    for byte in bytes { value = value >> 8 ^ table[Int((value ^ UInt32(byte)) & 0xFF)] }
    value = ~value
    return (value >> 15 | value << 17) &+ 0xA282_EAD8
  }
}
