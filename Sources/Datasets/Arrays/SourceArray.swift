import FileAccess
package import Tensors

/// An array as it was found, before it becomes 32-bit numbers: facts are counted on it, so that what
/// rounding hides is still seen.
package struct SourceArray: Sendable {
  private enum Storage: Sendable {
    case npy(NPYArray)
    case numbers([Double])
    case floats([Float])
  }

  /// The extents, rows first.
  package let shape: [Int]
  /// NumPy's name of the element type.
  package let dtype: String
  /// The names of the columns, where the source has them.
  package var columnNames: [String] = []
  /// How many elements were strings that are no numbers; they count as NaN.
  package let unreadable: Int
  /// The elements as they were found, where not all of them are numbers: for models that work on
  /// strings.
  package private(set) var texts: TextArray?
  private let storage: Storage

  /// The numbers of an `.npy` array; strings are read as numbers where they are such.
  package init(_ array: NPYArray) {
    shape = array.shape
    dtype = array.elementType.name
    guard array.elementType.isText else {
      storage = .npy(array)
      unreadable = 0
      return
    }
    var unread = 0
    let words = array.texts()
    storage = .numbers(
      words.map { text in
        switch CellValue(text) {
        case .number(let number): return number
        case .missing: return .nan
        case .text:
          unread += 1
          return .nan
        }
      })
    unreadable = unread
    texts = TextArray(shape: Shape(shape), words)
  }

  /// The numbers of an array in memory.
  init(_ tensor: Tensor, dtype: String) {
    (shape, self.dtype, unreadable) = (tensor.shape.extents, dtype, 0)
    storage = .floats(tensor.scalars)
  }

  /// Numbers in row-major order.
  package init(
    shape: [Int], numbers: [Double], dtype: String, columnNames: [String] = [], unreadable: Int = 0,
    texts: TextArray? = nil
  ) {
    self.shape = shape
    self.dtype = dtype
    self.columnNames = columnNames
    self.unreadable = unreadable
    self.texts = texts
    storage = .numbers(numbers)
  }

  /// How many elements there are.
  package var count: Int { shape.reduce(1, *) }
  /// How many rows there are.
  package var rows: Int { shape.first ?? 0 }
  /// How many elements a row has.
  package var rowLength: Int { shape.dropFirst().reduce(1, *) }
  /// Whether the element type holds whole numbers only.
  package var isIntegerType: Bool {
    dtype.hasPrefix("int") || dtype.hasPrefix("uint") || dtype == "bool"
  }

  /// Writes elements, in row-major order, as doubles.
  ///
  /// - Throws: ``InputError`` if they stay in a file that ends before them.
  func copyDoubles(
    _ range: Range<Int>, into buffer: UnsafeMutableBufferPointer<Double>
  ) throws(InputError) {
    switch storage {
    case .npy(let array): try array.copyDoubles(range, into: buffer)
    case .numbers(let numbers): _ = buffer.update(fromContentsOf: numbers[range])
    case .floats(let floats):
      for (place, index) in range.enumerated() { buffer[place] = Double(floats[index]) }
    }
  }

  /// Gives a closure all elements as doubles, in row-major order, in blocks of a size.
  ///
  /// - Parameter body: Told the place of the block's first element; says whether it wants more.
  /// - Throws: ``InputError`` if they stay in a file that ends before them.
  func forEachBlock(
    of size: Int, _ body: (_ start: Int, _ block: UnsafeBufferPointer<Double>) -> Bool
  ) throws(InputError) {
    let total = count
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: max(1, min(size, total)))
    defer { buffer.deallocate() }
    for start in stride(from: 0, to: total, by: max(1, size)) {
      let block = UnsafeMutableBufferPointer(rebasing: buffer[..<min(size, total - start)])
      try copyDoubles(start..<start + block.count, into: block)
      guard body(start, UnsafeBufferPointer(block)) else { return }
    }
  }

  /// The array as Keras takes it in: in memory, or in its file as it was found.
  package var rowSource: any RowSource {
    get throws(InputError) {
      switch storage {
      case .npy(let array):
        if case .file(let elements) = array.body { return StoredRows(shape: shape, elements) }
        return Tensor(shape: Shape(shape), scalars: try array.floats())
      case .numbers(let numbers):
        return Tensor(shape: Shape(shape), scalars: numbers.map(Float.init))
      case .floats(let floats): return Tensor(shape: Shape(shape), scalars: floats)
      }
    }
  }

  /// Floats tell all whole numbers up to this one apart.
  private static let largestFloat = 0x1p24

  /// The array as it was found, where 32-bit numbers do not hold it: strings, and whole numbers that are
  /// too large; `nil` for others.
  ///
  /// Arrays that stay in their file are not held beside it, whatever they hold: only layers that look
  /// numbers up before there is a graph would tell the difference.
  package var original: DataArray? {
    get throws(InputError) {
      if let texts { return .texts(texts) }
      guard isIntegerType, !isInFile else { return nil }
      var isLarge = false
      try forEachBlock(of: Self.blockSize) { _, block in
        isLarge = block.contains { abs($0) > Self.largestFloat }
        return !isLarge
      }
      guard isLarge else { return nil }
      var whole: [Int] = []
      whole.reserveCapacity(count)
      try forEachBlock(of: Self.blockSize) { _, block in
        // Beyond 2⁵³ doubles are no longer exact either; nothing that counts things is as large.
        whole += block.map { Int(exactly: $0) ?? .max }
        return true
      }
      return .integers(shape: Shape(shape), whole)
    }
  }

  /// About 256 KiB of doubles fit the cache.
  private static let blockSize = 32_768

  /// Whether the elements stay in their file.
  package var isInFile: Bool {
    if case .npy(let array) = storage { return !array.isInMemory }
    return false
  }
}
