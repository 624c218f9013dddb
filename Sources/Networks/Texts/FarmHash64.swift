/// The 64-bit fingerprint of a string that TensorFlow's hashes of strings are made of: `Fingerprint64`
/// of Google's FarmHash (`farmhashna::Hash64` in `farmhash.cc`, MIT licence), which is promised
/// never to change.
package enum FarmHash64 {
  private static let k0: UInt64 = 0xc3a5_c85c_97cb_3127
  private static let k1: UInt64 = 0xb492_b66f_be98_f273
  private static let k2: UInt64 = 0x9ae1_6a3b_2f90_404f

  /// The fingerprint of bytes.
  package static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let s = Reader(bytes: UnsafeRawBufferPointer(bytes))
    return switch bytes.count {
    case 0: k2
    case 1..<4: upTo3(s)
    case 4..<8: upTo7(s)
    case 8...16: upTo16(s)
    case 17...32: upTo32(s)
    case 33...64: upTo64(s)
    default: longer(s)
    }
  }

  /// Reads words of a string, least significant byte first.
  private struct Reader {
    let bytes: UnsafeRawBufferPointer
    var count: Int { bytes.count }
    func word(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    func half(_ offset: Int) -> UInt64 {
      UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
  }

  private static func rotate(_ value: UInt64, _ shift: UInt64) -> UInt64 {
    value >> shift | value << (64 - shift)
  }

  private static func mixed(_ value: UInt64) -> UInt64 { value ^ value >> 47 }

  private static func joined(_ u: UInt64, _ v: UInt64, _ factor: UInt64) -> UInt64 {
    let a = mixed((u ^ v) &* factor)
    return mixed((v ^ a) &* factor) &* factor
  }

  private static func factor(_ s: Reader) -> UInt64 { k2 &+ UInt64(s.count) &* 2 }

  private static func upTo3(_ s: Reader) -> UInt64 {
    let y = UInt64(s.bytes[0]) &+ UInt64(s.bytes[s.count >> 1]) << 8
    let z = UInt64(s.count) &+ UInt64(s.bytes[s.count - 1]) << 2
    return mixed(y &* k2 ^ z &* k0) &* k2
  }

  private static func upTo7(_ s: Reader) -> UInt64 {
    joined(UInt64(s.count) &+ s.half(0) << 3, s.half(s.count - 4), factor(s))
  }

  private static func upTo16(_ s: Reader) -> UInt64 {
    let factor = factor(s)
    let a = s.word(0) &+ k2
    let b = s.word(s.count - 8)
    let c = rotate(b, 37) &* factor &+ a
    let d = (rotate(a, 25) &+ b) &* factor
    return joined(c, d, factor)
  }

  private static func upTo32(_ s: Reader) -> UInt64 {
    let factor = factor(s)
    let a = s.word(0) &* k1
    let b = s.word(8)
    let c = s.word(s.count - 8) &* factor
    let d = s.word(s.count - 16) &* k2
    return joined(
      rotate(a &+ b, 43) &+ rotate(c, 30) &+ d, a &+ rotate(b &+ k2, 18) &+ c, factor)
  }

  private static func upTo64(_ s: Reader) -> UInt64 {
    let factor = factor(s)
    let a = s.word(0) &* k2
    let b = s.word(8)
    let c = s.word(s.count - 8) &* factor
    let d = s.word(s.count - 16) &* k2
    let y = rotate(a &+ b, 43) &+ rotate(c, 30) &+ d
    let z = joined(y, a &+ rotate(b &+ k2, 18) &+ c, factor)
    let e = s.word(16) &* factor
    let f = s.word(24)
    let g = (y &+ s.word(s.count - 32)) &* factor
    let h = (z &+ s.word(s.count - 24)) &* factor
    return joined(
      rotate(e &+ f, 43) &+ rotate(g, 30) &+ h, e &+ rotate(f &+ a, 18) &+ g, factor)
  }

  private typealias Pair = (first: UInt64, second: UInt64)

  /// Mixes 32 bytes into two seeds.
  private static func weak(_ s: Reader, _ at: Int, _ a: UInt64, _ b: UInt64) -> Pair {
    var (a, b) = (a &+ s.word(at), b)
    b = rotate(b &+ a &+ s.word(at + 24), 21)
    let c = a
    a = a &+ s.word(at + 8) &+ s.word(at + 16)
    b = b &+ rotate(a, 44)
    return (a &+ s.word(at + 24), b &+ c)
  }

  private static func longer(_ s: Reader) -> UInt64 {
    let seed: UInt64 = 81
    var x = seed &* k2 &+ s.word(0)
    var y = seed &* k1 &+ 113
    var z = mixed(y &* k2 &+ 113) &* k2
    var (v, w): (Pair, Pair) = ((0, 0), (0, 0))
    let end = (s.count - 1) / 64 * 64
    func step(_ at: Int, _ factor: UInt64, _ shares: (UInt64, UInt64)) {
      x = rotate(x &+ y &+ v.first &+ s.word(at + 8), 37) &* factor
      y = rotate(y &+ v.second &+ s.word(at + 48), 42) &* factor
      x ^= w.second &* shares.0
      y = y &+ v.first &* shares.1 &+ s.word(at + 40)
      z = rotate(z &+ w.first, 33) &* factor
      v = weak(s, at, v.second &* factor, x &+ w.first)
      w = weak(s, at + 32, z &+ w.second, y &+ s.word(at + 16))
      swap(&z, &x)
    }
    for at in stride(from: 0, to: end, by: 64) { step(at, k1, (1, 1)) }
    // The last 64 bytes, of which some were seen before.
    let factor = k1 &+ (z & 0xff) << 1
    let rest = UInt64((s.count - 1) & 63)
    w.first = w.first &+ rest
    v.first = v.first &+ w.first
    w.first = w.first &+ v.first
    step(s.count - 64, factor, (9, 9))
    return joined(
      joined(v.first, w.first, factor) &+ mixed(y) &* k0 &+ z,
      joined(v.second, w.second, factor) &+ x, factor)
  }

  /// Two fingerprints as one: TensorFlow's `FingerprintCat64` (`core/platform/fingerprint.h`).
  package static func joined(_ first: UInt64, _ second: UInt64) -> UInt64 {
    let factor: UInt64 = 0xc6a4_a793_5bd1_e995
    var result = first ^ factor
    result ^= mixed(second &* factor) &* factor
    result = result &* factor
    return mixed(mixed(result) &* factor)
  }
}
