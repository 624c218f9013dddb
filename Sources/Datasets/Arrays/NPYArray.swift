public import Archives
public import FileAccess

/// An array as NumPy stored it, in its own element type, rows first.
public struct NPYArray: Sendable {
  /// The extents, outermost first.
  public let shape: [Int]
  /// The type of the elements.
  public let elementType: ElementType
  /// Where the elements are.
  let body: Body

  /// Where elements are, in row-major order.
  enum Body: Sendable {
    /// In memory, least significant byte first, from a byte on.
    case bytes([UInt8], from: Int)
    /// In memory, as a model takes them in: 32-bit numbers that needed no change are held once.
    case floats([Float])
    /// In their file, from which they are read when they are needed.
    case file(StoredElements)
  }

  /// How many elements there are.
  public var count: Int { shape.reduce(1, *) }

  /// Whether the elements are held in memory; others are read when they are needed.
  public var isInMemory: Bool {
    if case .file = body { return false }
    return true
  }

  /// Reads an `.npy` file.
  ///
  /// - Parameter largestInMemory: Arrays of numbers that take more bytes as 32-bit numbers stay in the
  ///   file, and only their header is read.
  /// - Throws: ``InputError`` with an ``NPYProblem``; Python objects are never restored.
  public init(
    path: String, largestInMemory: Int = DataSet.largestInMemory
  ) throws(InputError) {
    let file = try ReadableFile(path: path)
    self = try Self.read(file, in: 0..<file.count, largestInMemory, place: [])
  }

  /// Reads a member of an `.npz` archive.
  ///
  /// - Parameters:
  ///   - entry: The member, whose name ends in `.npy`.
  ///   - largestInMemory: Arrays of numbers that are not packed and take more bytes as 32-bit numbers
  ///     stay in the archive.
  /// - Throws: ``InputError`` with an ``NPYProblem`` or a `ZipProblem`.
  public init(
    member entry: ZipArchive.Entry, of archive: ZipArchive,
    largestInMemory: Int = DataSet.largestInMemory
  ) throws(InputError) {
    let place = ["array \(arrayName(entry.name))"]
    // As 32-bit numbers elements take four times their bytes at most.
    if let range = archive.range(ofUnpacked: entry), range.count > largestInMemory / 4 {
      try archive.verify(entry)
      self = try Self.read(archive.file, in: range, largestInMemory, place: place)
      return
    }
    try MachineMemory.require(
      2 * entry.size, to: "unpack it", advice: NPYArray.savingAdvice, in: archive.file.name,
      at: place)
    let bytes = try archive.read(entry)
    do throws(NPYProblem) {
      try self.init(parsing: bytes)
    } catch {
      throw InputError(error, in: archive.file.name, at: place)
    }
  }

  /// How an array is saved so that its rows are read when they are needed.
  package static let savingAdvice =
    "Save it where rows are read as they are needed: "
    + "numpy.save(\"x.npy\", numpy.ascontiguousarray(x))."

  /// Reads what stands in a part of a file.
  private static func read(
    _ file: ReadableFile, in range: Range<Int>, _ largestInMemory: Int, place: [String]
  ) throws(InputError) -> NPYArray {
    let beginning = try file.bytes(
      at: range.lowerBound, count: min(range.count, longestPrefix + NPYHeader.maximumSize))
    let layout: Layout
    do throws(NPYProblem) { layout = try Layout(beginning, total: range.count) } catch {
      throw InputError(error, in: file.name, at: place)
    }
    let shape = layout.header.shape
    let count = shape.reduce(1, *)
    let elements = StoredElements(
      file: file, position: range.lowerBound + layout.body, type: layout.type)
    if layout.isByRows, !layout.type.isText, count > largestInMemory / 4 {
      return NPYArray(shape: shape, elementType: layout.type, body: .file(elements))
    }
    if layout.isByRows, layout.type == .float32 {
      return NPYArray(shape: shape, floats: try elements.floats(count))
    }
    // The bytes, and beside them what is made of them.
    try MachineMemory.require(
      2 * range.count + (layout.type.isText ? textSize * count : 0), to: "hold it",
      advice: savingAdvice, in: file.name, at: place)
    return NPYArray(try file.bytes(at: range.lowerBound, count: range.count), layout)
  }

  /// Bytes that a string takes beside its characters.
  private static let textSize = 48

  private init(shape: [Int], elementType: ElementType, body: Body) {
    (self.shape, self.elementType, self.body) = (shape, elementType, body)
  }

  /// Reads the bytes of an `.npy` file.
  ///
  /// - Throws: ``NPYProblem``.
  public init(parsing bytes: [UInt8]) throws(NPYProblem) {
    let layout = try Layout(bytes, total: bytes.count)
    self.init(bytes, layout)
  }

  private init(_ bytes: [UInt8], _ layout: Layout) {
    (shape, elementType) = (layout.header.shape, layout.type)
    var elements = bytes
    elements.withUnsafeMutableBytes {
      layout.type.swapIfBigEndian(UnsafeMutableRawBufferPointer(rebasing: $0[layout.body...]))
    }
    if !layout.isByRows, bytes.count > layout.body {
      elements = rowMajor(
        elements, from: layout.body, shape: shape, elementSize: layout.type.size)
    }
    body = .bytes(elements, from: layout.body)
  }

  /// An array of 32-bit numbers that is in memory.
  init(shape: [Int], floats: [Float]) {
    precondition(shape.reduce(1, *) == floats.count, "\(floats.count) numbers for \(shape)")
    self.shape = shape
    elementType = .float32
    body = .floats(floats)
  }

  /// How many bytes stand before a header at most.
  private static let longestPrefix = 12

  /// What stands before the body, and where the body begins.
  private struct Layout {
    let header: NPYHeader
    let type: ElementType
    let body: Int

    /// Whether the elements of a row stand together.
    var isByRows: Bool { !header.isFortranOrder || header.shape.count { $0 != 1 } <= 1 }

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
