public import Archives
public import FileAccess

/// An array as NumPy stored it, in its own element type, rows first.
public struct NPYArray: Sendable {
  /// The extents, outermost first.
  public let shape: [Int]
  /// The type of the elements.
  public let elementType: ElementType
  /// The elements in row-major order, least significant byte first, from ``bodyOffset`` on.
  let bytes: [UInt8]
  let bodyOffset: Int
  /// The elements of an array of 32-bit numbers that needed no change: they are held once, as a model
  /// takes them in, and not as bytes beside that.
  let elements: [Float]?

  /// How many elements there are.
  public var count: Int { shape.reduce(1, *) }

  /// Reads an `.npy` file.
  ///
  /// - Throws: ``InputError`` with an ``NPYProblem``; Python objects are never restored.
  public init(path: String) throws(InputError) {
    let file = try ReadableFile(path: path)
    let beginning = try file.bytes(
      at: 0, count: min(file.count, Self.longestPrefix + NPYHeader.maximumSize))
    if file.count <= ZipArchive.Limit.memberSize,
      let layout = try? Layout(beginning, total: file.count), layout.isPlainFloats
    {
      self.init(shape: layout.header.shape, floats: try Self.floats(of: file, layout))
      return
    }
    let bytes = try file.allBytes(limit: ZipArchive.Limit.memberSize)
    do throws(NPYProblem) {
      try self.init(parsing: bytes)
    } catch {
      throw InputError(error, in: path)
    }
  }

  /// Reads the body of a file straight into its numbers.
  private static func floats(
    of file: ReadableFile, _ layout: Layout
  ) throws(InputError) -> [Float] {
    let count = layout.header.shape.reduce(1, *)
    var floats = [Float](unsafeUninitializedCapacity: count) { $1 = count }
    var failure: InputError?
    floats.withUnsafeMutableBytes { buffer in
      do throws(InputError) { try file.read(at: layout.body, into: buffer) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return floats
  }

  /// Reads a member of an `.npz` archive.
  ///
  /// - Parameter entry: The member, whose name ends in `.npy`.
  /// - Throws: ``InputError`` with an ``NPYProblem`` or a `ZipProblem`.
  public init(member entry: ZipArchive.Entry, of archive: ZipArchive) throws(InputError) {
    let bytes = try archive.read(entry)
    do throws(NPYProblem) {
      try self.init(parsing: bytes)
    } catch {
      throw InputError(error, in: archive.file.name, at: ["array \(arrayName(entry.name))"])
    }
  }

  /// Reads the bytes of an `.npy` file.
  ///
  /// - Throws: ``NPYProblem``.
  public init(parsing bytes: [UInt8]) throws(NPYProblem) {
    let layout = try Layout(bytes, total: bytes.count)
    let (header, type, body) = (layout.header, layout.type, layout.body)
    let expected = bytes.count - body
    shape = header.shape
    elementType = type
    bodyOffset = body
    var elements = bytes
    if type.isBigEndian { swapBytes(&elements, from: body, wordSize: type.wordSize) }
    let longAxes = header.shape.count { $0 != 1 }
    if header.isFortranOrder, longAxes > 1, expected > 0 {
      elements = rowMajor(elements, from: body, shape: header.shape, elementSize: type.size)
    }
    self.bytes = elements
    self.elements = nil
  }

  /// An array of 32-bit numbers that is in memory.
  init(shape: [Int], floats: [Float]) {
    precondition(shape.reduce(1, *) == floats.count, "\(floats.count) numbers for \(shape)")
    self.shape = shape
    elementType = .float32
    (bytes, bodyOffset) = ([], 0)
    elements = floats
  }

  /// How many bytes stand before a header at most.
  private static let longestPrefix = 12

  /// What stands before the body, and where the body begins.
  private struct Layout {
    let header: NPYHeader
    let type: ElementType
    let body: Int

    /// Whether the body holds 32-bit numbers as this machine does, rows first.
    var isPlainFloats: Bool {
      type == .float32
        && (!header.isFortranOrder || header.shape.count { $0 != 1 } <= 1)
    }

    /// - Parameters:
    ///   - bytes: The file, or its beginning with the whole header.
    ///   - total: How many bytes the file has.
    init(_ bytes: [UInt8], total: Int) throws(NPYProblem) {
      guard bytes.count >= 10, bytes[0] == 0x93, bytes[1..<6].elementsEqual("NUMPY".utf8) else {
        throw .notNPY
      }
      let (major, minor) = (Int(bytes[6]), Int(bytes[7]))
      guard (1...3).contains(major), minor == 0 else { throw .version(major, minor) }
      let lengthSize = major == 1 ? 2 : 4
      guard bytes.count >= 8 + lengthSize else { throw .notNPY }
      var headerSize = 0
      for index in 0..<lengthSize { headerSize |= Int(bytes[8 + index]) << (8 * index) }
      let start = 8 + lengthSize
      guard headerSize <= NPYHeader.maximumSize, headerSize <= bytes.count - start else {
        throw .header("\(headerSize) bytes")
      }
      header = try NPYHeader(parsing: bytes[start..<start + headerSize])
      if header.descriptor.contains("O") { throw .pickled }
      guard let type = ElementType(descriptor: header.descriptor) else {
        throw .unsupported(header.descriptor)
      }
      self.type = type
      body = start + headerSize
      let expected = try NPYArray.byteCount(header.shape, type)
      guard total - body == expected else {
        throw .size(
          shape: header.shape, type: type.name, expected: expected, found: total - body)
      }
    }
  }

  private static func byteCount(_ shape: [Int], _ type: ElementType) throws(NPYProblem) -> Int {
    // Empty arrays are checked too, so that every product of extents can be formed later on.
    var total = max(1, type.size)
    for extent in shape where extent > 0 {
      let (product, overflow) = total.multipliedReportingOverflow(by: extent)
      if overflow { throw .shapeTooLarge(shape) }
      total = product
    }
    if shape.contains(0) { return 0 }
    // Strings without characters take no bytes, however many there are.
    if type.size == 0 { throw .unsupported(type.name) }
    return total
  }
}

/// The name of an array within an `.npz`: the member's without `.npy`.
func arrayName(_ member: String) -> String {
  member.hasSuffix(".npy") ? String(member.dropLast(4)) : member
}

private func swapBytes(_ bytes: inout [UInt8], from start: Int, wordSize: Int) {
  guard wordSize > 1 else { return }
  for word in stride(from: start, to: bytes.count, by: wordSize) {
    for index in 0..<wordSize / 2 { bytes.swapAt(word + index, word + wordSize - 1 - index) }
  }
}

/// The same elements with the last axis running fastest instead of the first.
private func rowMajor(
  _ bytes: [UInt8], from start: Int, shape: [Int], elementSize: Int
) -> [UInt8] {
  // Moving the index of the result on by one moves along the source by the last axis' stride; where
  // an axis is full, back to its start and one along the axis before.
  var strides: [Int] = []
  var step = elementSize
  for extent in shape {
    strides.append(step)
    step *= extent
  }
  let count = (bytes.count - start) / elementSize
  return [UInt8](unsafeUninitializedCapacity: bytes.count) { result, initialized in
    _ = result.update(fromContentsOf: bytes[..<start])
    var index = [Int](repeating: 0, count: shape.count)
    var source = start
    var target = start
    for _ in 0..<count {
      for byte in 0..<elementSize { result[target + byte] = bytes[source + byte] }
      target += elementSize
      for axis in stride(from: shape.count - 1, through: 0, by: -1) {
        index[axis] += 1
        source += strides[axis]
        if index[axis] < shape[axis] { break }
        source -= strides[axis] * shape[axis]
        index[axis] = 0
      }
    }
    initialized = bytes.count
  }
}
