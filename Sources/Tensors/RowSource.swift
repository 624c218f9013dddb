/// An array of which rows are taken when they are needed, wherever it lies: a ``Tensor`` in memory, or
/// one that stays in its file because memory would not hold it.
public protocol RowSource: Sendable {
  /// The extents, rows first.
  var shape: Shape { get }

  /// Writes neighbouring rows one behind the other.
  ///
  /// - Precondition: The rows exist, and the buffer has room for them.
  /// - Throws: What reading a file throws.
  func read(_ rows: Range<Int>, into buffer: UnsafeMutablePointer<Float>) throws

  /// Writes the rows with the given numbers one behind the other, in that order.
  ///
  /// - Precondition: The rows exist, and the buffer has room for them.
  /// - Throws: What reading a file throws.
  func read(_ rows: UnsafeBufferPointer<Int>, into buffer: UnsafeMutablePointer<Float>) throws
}

extension RowSource {
  /// How many rows there are: the extent of the first axis, 1 for a scalar.
  public var rowCount: Int { shape.rank == 0 ? 1 : shape.extents[0] }

  /// The shape of one row.
  public var rowShape: Shape { Shape(Array(shape.extents.dropFirst())) }

  /// How many elements a row has.
  public var rowLength: Int { rowShape.count }

  /// All rows in memory.
  ///
  /// - Throws: What reading a file throws.
  public func tensor() throws -> Tensor {
    if let tensor = self as? Tensor { return tensor }
    return try tensor(ofRows: 0..<rowCount)
  }

  /// The rows with the given numbers in memory, in that order.
  ///
  /// - Throws: What reading a file throws.
  public func tensor(ofRows rows: [Int]) throws -> Tensor {
    try tensor(rows.count) { buffer in
      try rows.withUnsafeBufferPointer { try read($0, into: buffer) }
    }
  }

  /// Neighbouring rows in memory.
  ///
  /// - Throws: What reading a file throws.
  public func tensor(ofRows rows: Range<Int>) throws -> Tensor {
    try tensor(rows.count) { try read(rows, into: $0) }
  }

  private func tensor(
    _ count: Int, _ fill: (UnsafeMutablePointer<Float>) throws -> Void
  ) throws -> Tensor {
    let size = count * rowLength
    let scalars = try [Float](unsafeUninitializedCapacity: size) { buffer, initialized in
      if size > 0, let base = buffer.baseAddress { try fill(base) }
      initialized = size
    }
    return Tensor(shape: Shape([count] + rowShape.extents), scalars: scalars)
  }

  /// A range of the rows; nothing is read or copied.
  public func slice(_ rows: Range<Int>) -> any RowSource {
    rows == 0..<rowCount ? self : RowView(of: self, rows: rows, rowShape: rowShape)
  }

  /// The same rows under another shape of equal size; nothing is read.
  package func withRows(of shape: Shape) -> any RowSource {
    if shape == rowShape { return self }
    if let tensor = self as? Tensor {
      return tensor.reshaped(to: Shape([rowCount] + shape.extents))
    }
    return RowView(of: self, rows: 0..<rowCount, rowShape: shape)
  }

  /// Elements of a block: a megabyte makes the cost of a system call small beside that of reading.
  private static var blockSize: Int { 1 << 18 }

  /// Gives a closure all rows in order, block by block: the number of the first row, and the elements.
  ///
  /// - Throws: What reading a file throws, and what the closure does.
  package func forEachBlock(
    _ body: (_ firstRow: Int, _ elements: UnsafeBufferPointer<Float>) throws -> Void
  ) throws {
    let length = rowLength
    let size = max(1, min(rowCount, Self.blockSize / max(1, length)))
    var block = [Float](repeating: 0, count: size * length)
    for start in stride(from: 0, to: rowCount, by: size) {
      let rows = start..<min(start + size, rowCount)
      try block.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        try read(rows, into: base)
        try body(start, UnsafeBufferPointer(rebasing: buffer[..<(rows.count * length)]))
      }
    }
  }
}

extension Tensor: RowSource {
  /// Copies neighbouring rows one behind the other.
  public func read(_ rows: Range<Int>, into buffer: UnsafeMutablePointer<Float>) {
    let length = rowLength
    scalars.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      buffer.update(from: base + rows.lowerBound * length, count: rows.count * length)
    }
  }

  /// Copies the rows with the given numbers one behind the other, in that order.
  public func read(_ rows: UnsafeBufferPointer<Int>, into buffer: UnsafeMutablePointer<Float>) {
    let length = rowLength
    scalars.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      if length == 1 {
        for (place, row) in rows.enumerated() { buffer[place] = base[row] }
      } else {
        for (place, row) in rows.enumerated() {
          (buffer + place * length).update(from: base + row * length, count: length)
        }
      }
    }
  }
}

/// A range of the rows of another source, each under a shape of its own.
struct RowView: RowSource {
  private let base: any RowSource
  private let start: Int
  let shape: Shape

  /// - Precondition: The rows exist, and the shape has as many elements as theirs.
  init(of base: any RowSource, rows: Range<Int>, rowShape: Shape) {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= base.rowCount && rowShape.count == base.rowLength,
      "rows \(rows) as \(rowShape) of \(base.shape)")
    let outer = base as? RowView
    self.base = outer?.base ?? base
    start = rows.lowerBound + (outer?.start ?? 0)
    shape = Shape([rows.count] + rowShape.extents)
  }

  func read(_ rows: Range<Int>, into buffer: UnsafeMutablePointer<Float>) throws {
    precondition(rows.upperBound <= shape.extents[0], "rows \(rows) of \(shape)")
    try base.read(rows.lowerBound + start..<rows.upperBound + start, into: buffer)
  }

  func read(_ rows: UnsafeBufferPointer<Int>, into buffer: UnsafeMutablePointer<Float>) throws {
    guard start > 0 else { return try base.read(rows, into: buffer) }
    try rows.map { $0 + start }.withUnsafeBufferPointer { try base.read($0, into: buffer) }
  }
}
