import FileAccess
import Tensors

/// The rows of an array that stays in its file; a batch's are read, and made 32-bit numbers, when they
/// are needed.
struct StoredRows: RowSource {
  let shape: Shape
  private let elements: StoredElements
  private let length: Int

  init(shape: [Int], _ elements: StoredElements) {
    self.shape = Shape(shape)
    self.elements = elements
    length = shape.dropFirst().reduce(1, *)
  }

  func read(_ rows: Range<Int>, into buffer: UnsafeMutablePointer<Float>) throws {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount, "rows \(rows) of \(shape)")
    try elements.copy(rows.lowerBound * length..<rows.upperBound * length, into: buffer)
  }

  func read(_ rows: UnsafeBufferPointer<Int>, into buffer: UnsafeMutablePointer<Float>) throws {
    try elements.copy(rows: rows, length: length, into: buffer)
  }
}
