package import FileAccess

extension NPYArray {
  /// Writes the elements with the given numbers, in row-major order, as doubles.
  ///
  /// - Precondition: The elements are numbers, and the buffer has room for the range.
  /// - Throws: ``InputError`` if they stay in a file that ends before them.
  package func copyDoubles(
    _ range: Range<Int>, into buffer: UnsafeMutableBufferPointer<Double>
  ) throws(InputError) {
    precondition(buffer.count >= range.count, "room for \(buffer.count) of \(range.count) elements")
    guard let target = buffer.baseAddress else { return }
    switch body {
    case .floats(let elements):
      for (place, index) in range.enumerated() {
        (target + place).initialize(to: Double(elements[index]))
      }
    case .bytes(let bytes, let start):
      let size = elementType.size
      precondition(start + range.upperBound * size <= bytes.count, "elements \(range)")
      bytes.withUnsafeBytes { all in
        let places = start + range.lowerBound * size..<start + range.upperBound * size
        elementType.convert(UnsafeRawBufferPointer(rebasing: all[places]), into: target)
      }
    case .file(let body): try body.copy(range) { body.type.convert($0, into: target + $1) }
    }
  }

  /// All elements as 32-bit numbers in row-major order, as Keras takes them in: rounded to nearest,
  /// beyond the largest one infinite.
  ///
  /// - Precondition: The elements are numbers.
  /// - Throws: ``InputError`` if they stay in a file that ends before them.
  package func floats() throws(InputError) -> [Float] {
    if case .floats(let elements) = body { return elements }
    let count = self.count
    var failure: InputError?
    let floats = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let target = buffer.baseAddress, count > 0 else { return }
      switch body {
      case .floats: break
      case .bytes(let bytes, let start):
        bytes.withUnsafeBytes { all in
          elementType.convert(UnsafeRawBufferPointer(rebasing: all[start...]), into: target)
        }
      case .file(let body):
        do throws(InputError) { try body.copy(0..<count, into: target) } catch { failure = error }
      }
      initialized = failure == nil ? count : 0
    }
    if let failure { throw failure }
    return floats
  }

  /// The elements of an array of strings, without their padding.
  ///
  /// - Precondition: the elements are strings.
  package func texts() -> [String] {
    precondition(elementType.isText, "elements of type \(elementType.name)")
    guard case .bytes(let bytes, let bodyOffset) = body else { return [] }
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
