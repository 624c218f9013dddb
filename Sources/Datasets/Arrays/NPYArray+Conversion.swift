extension NPYArray {
  /// Writes the elements with the given numbers, in row-major order, as doubles.
  ///
  /// - Precondition: the elements are numbers, and the buffer has room for the range.
  package func copyDoubles(_ range: Range<Int>, into buffer: UnsafeMutableBufferPointer<Double>) {
    if let elements {
      elements.withUnsafeBytes { copy($0, range, buffer, as: Float.self) { Double($0) } }
      return
    }
    bytes.withUnsafeBytes { all in
      let source = UnsafeRawBufferPointer(rebasing: all[bodyOffset...])
      switch (elementType.kind, elementType.size) {
      case (.float, 8): copy(source, range, buffer, as: Double.self) { $0 }
      case (.float, 4): copy(source, range, buffer, as: Float.self) { Double($0) }
      case (.float, _): copy(source, range, buffer, as: UInt16.self) { Double(float(half: $0)) }
      case (.int, 8): copy(source, range, buffer, as: Int64.self) { Double($0) }
      case (.int, 4): copy(source, range, buffer, as: Int32.self) { Double($0) }
      case (.int, 2): copy(source, range, buffer, as: Int16.self) { Double($0) }
      case (.int, _): copy(source, range, buffer, as: Int8.self) { Double($0) }
      case (.uint, 8): copy(source, range, buffer, as: UInt64.self) { Double($0) }
      case (.uint, 4): copy(source, range, buffer, as: UInt32.self) { Double($0) }
      case (.uint, 2): copy(source, range, buffer, as: UInt16.self) { Double($0) }
      case (.uint, _): copy(source, range, buffer, as: UInt8.self) { Double($0) }
      case (.bool, _): copy(source, range, buffer, as: UInt8.self) { $0 == 0 ? 0 : 1 }
      case (.bytes, _), (.unicode, _): preconditionFailure("strings of type \(elementType.name)")
      }
    }
  }

  /// All elements as 32-bit numbers in row-major order, as Keras takes them in: rounded to nearest,
  /// beyond the largest one infinite.
  ///
  /// - Precondition: the elements are numbers.
  package func floats() -> [Float] {
    if let elements { return elements }
    let count = self.count
    return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      bytes.withUnsafeBytes { all in
        let source = UnsafeRawBufferPointer(rebasing: all[bodyOffset...])
        let range = 0..<count
        switch (elementType.kind, elementType.size) {
        case (.float, 8): copy(source, range, buffer, as: Double.self) { Float($0) }
        case (.float, 4): copy(source, range, buffer, as: Float.self) { $0 }
        case (.float, _): copy(source, range, buffer, as: UInt16.self) { float(half: $0) }
        case (.int, 8): copy(source, range, buffer, as: Int64.self) { Float($0) }
        case (.int, 4): copy(source, range, buffer, as: Int32.self) { Float($0) }
        case (.int, 2): copy(source, range, buffer, as: Int16.self) { Float($0) }
        case (.int, _): copy(source, range, buffer, as: Int8.self) { Float($0) }
        case (.uint, 8): copy(source, range, buffer, as: UInt64.self) { Float($0) }
        case (.uint, 4): copy(source, range, buffer, as: UInt32.self) { Float($0) }
        case (.uint, 2): copy(source, range, buffer, as: UInt16.self) { Float($0) }
        case (.uint, _): copy(source, range, buffer, as: UInt8.self) { Float($0) }
        case (.bool, _): copy(source, range, buffer, as: UInt8.self) { $0 == 0 ? 0 : 1 }
        case (.bytes, _), (.unicode, _): preconditionFailure("strings of type \(elementType.name)")
        }
      }
      initialized = count
    }
  }

  /// The elements of an array of strings, without their padding.
  ///
  /// - Precondition: the elements are strings.
  package func texts() -> [String] {
    precondition(elementType.isText, "elements of type \(elementType.name)")
    let size = elementType.size
    return (0..<count).map { number in
      let field = bytes[bodyOffset + number * size..<bodyOffset + (number + 1) * size]
      if elementType.kind == .bytes {
        let end = field.lastIndex { $0 != 0 }.map { $0 + 1 } ?? field.startIndex
        return String(decoding: field[..<end], as: UTF8.self)
      }
      var text = String.UnicodeScalarView()
      var pendingZeros = 0
      for start in stride(from: field.startIndex, to: field.endIndex, by: 4) {
        let code = (0..<4).reduce(UInt32(0)) { $0 | UInt32(field[start + $1]) << (8 * UInt32($1)) }
        if code == 0 {
          pendingZeros += 1
          continue
        }
        text.append(contentsOf: repeatElement("\0", count: pendingZeros))
        pendingZeros = 0
        text.append(Unicode.Scalar(code) ?? "\u{FFFD}")
      }
      return String(text)
    }
  }
}

/// Converts elements of one type; specialised for each, and so a tight loop.
@inline(__always)
private func copy<Stored, Result>(
  _ source: UnsafeRawBufferPointer, _ range: Range<Int>,
  _ target: UnsafeMutableBufferPointer<Result>, as type: Stored.Type,
  _ convert: (Stored) -> Result
) where Stored: BitwiseCopyable {
  precondition(target.count >= range.count, "room for \(target.count) of \(range.count) elements")
  precondition(range.upperBound * MemoryLayout<Stored>.size <= source.count, "\(range)")
  guard let first = source.baseAddress, let result = target.baseAddress else { return }
  for index in 0..<range.count {
    let offset = (range.lowerBound + index) * MemoryLayout<Stored>.size
    (result + index).initialize(to: convert(first.loadUnaligned(fromByteOffset: offset, as: type)))
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
