extension ElementType {
  /// Turns stored elements, least significant byte first, into doubles.
  ///
  /// - Precondition: The elements are numbers, and the buffer has room for all of them.
  func convert(_ source: UnsafeRawBufferPointer, into buffer: UnsafeMutablePointer<Double>) {
    switch (kind, size) {
    case (.float, 8): copy(source, buffer, as: Double.self) { $0 }
    case (.float, 4): copy(source, buffer, as: Float.self) { Double($0) }
    case (.float, _): copy(source, buffer, as: UInt16.self) { Double(float(half: $0)) }
    case (.int, 8): copy(source, buffer, as: Int64.self) { Double($0) }
    case (.int, 4): copy(source, buffer, as: Int32.self) { Double($0) }
    case (.int, 2): copy(source, buffer, as: Int16.self) { Double($0) }
    case (.int, _): copy(source, buffer, as: Int8.self) { Double($0) }
    case (.uint, 8): copy(source, buffer, as: UInt64.self) { Double($0) }
    case (.uint, 4): copy(source, buffer, as: UInt32.self) { Double($0) }
    case (.uint, 2): copy(source, buffer, as: UInt16.self) { Double($0) }
    case (.uint, _): copy(source, buffer, as: UInt8.self) { Double($0) }
    case (.bool, _): copy(source, buffer, as: UInt8.self) { $0 == 0 ? 0 : 1 }
    case (.bytes, _), (.unicode, _): preconditionFailure("strings of type \(name)")
    }
  }

  /// Turns stored elements, least significant byte first, into 32-bit numbers as Keras takes them in:
  /// rounded to nearest, beyond the largest one infinite.
  ///
  /// - Precondition: The elements are numbers, and the buffer has room for all of them.
  func convert(_ source: UnsafeRawBufferPointer, into buffer: UnsafeMutablePointer<Float>) {
    switch (kind, size) {
    case (.float, 8): copy(source, buffer, as: Double.self) { Float($0) }
    case (.float, 4): copy(source, buffer, as: Float.self) { $0 }
    case (.float, _): copy(source, buffer, as: UInt16.self) { float(half: $0) }
    case (.int, 8): copy(source, buffer, as: Int64.self) { Float($0) }
    case (.int, 4): copy(source, buffer, as: Int32.self) { Float($0) }
    case (.int, 2): copy(source, buffer, as: Int16.self) { Float($0) }
    case (.int, _): copy(source, buffer, as: Int8.self) { Float($0) }
    case (.uint, 8): copy(source, buffer, as: UInt64.self) { Float($0) }
    case (.uint, 4): copy(source, buffer, as: UInt32.self) { Float($0) }
    case (.uint, 2): copy(source, buffer, as: UInt16.self) { Float($0) }
    case (.uint, _): copy(source, buffer, as: UInt8.self) { Float($0) }
    case (.bool, _): copy(source, buffer, as: UInt8.self) { $0 == 0 ? 0 : 1 }
    case (.bytes, _), (.unicode, _): preconditionFailure("strings of type \(name)")
    }
  }

  /// Brings the bytes of big-endian elements into this machine's order.
  func swapIfBigEndian(_ bytes: UnsafeMutableRawBufferPointer) {
    let size = wordSize
    guard isBigEndian, size > 1 else { return }
    for word in stride(from: 0, to: bytes.count, by: size) {
      for index in 0..<size / 2 { bytes.swapAt(word + index, word + size - 1 - index) }
    }
  }
}

/// Converts elements of one type; specialised for each, and so a tight loop.
@inline(__always)
private func copy<Stored, Result>(
  _ source: UnsafeRawBufferPointer, _ target: UnsafeMutablePointer<Result>, as type: Stored.Type,
  _ convert: (Stored) -> Result
) where Stored: BitwiseCopyable {
  guard let first = source.baseAddress else { return }
  for index in 0..<source.count / MemoryLayout<Stored>.size {
    let offset = index * MemoryLayout<Stored>.size
    (target + index).initialize(to: convert(first.loadUnaligned(fromByteOffset: offset, as: type)))
  }
}

/// The number that 16 bits stand for: sign, 5 bits of exponent with bias 15, 10 bits of fraction.
/// (Swift's own half-precision type is missing on some platforms.)
func float(half bits: UInt16) -> Float {
  let sign: Float = bits & 0x8000 == 0 ? 1 : -1
  let exponent = Int(bits >> 10) & 0x1F
  let fraction = Float(bits & 0x3FF)
  switch exponent {
  // 2⁻²⁴ is the smallest step below the normal numbers.
  case 0: return sign * fraction * 0x1p-24
  case 31: return fraction == 0 ? sign * .infinity : .nan
  default:
    return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
  }
}
