/// An array of strings in row-major order, with value semantics.
///
/// Strings are bytes, as in NumPy and TensorFlow: two that look the same and are written otherwise
/// differ, and what is no UTF-8 is kept as it is.
public struct TextArray: Hashable, Sendable {
  /// The extents of the array, rows first.
  public let shape: Shape
  /// The bytes of all strings, one behind the other.
  package let bytes: [UInt8]
  /// Where each string ends in ``bytes``.
  package let ends: [Int]

  /// An array of the given strings.
  ///
  /// - Precondition: as many strings as the shape asks for.
  public init(shape: Shape, _ texts: [String]) {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    ends.reserveCapacity(texts.count)
    for text in texts {
      bytes.append(contentsOf: text.utf8)
      ends.append(bytes.count)
    }
    self.init(shape: shape, bytes: bytes, ends: ends)
  }

  /// A column of strings, one for each row.
  public init(_ texts: [String]) { self.init(shape: [texts.count], texts) }

  /// An array of strings by their bytes.
  package init(shape: Shape, bytes: [UInt8], ends: [Int]) {
    precondition(shape.count == ends.count, "\(ends.count) strings for the shape \(shape)")
    self.shape = shape
    self.bytes = bytes
    self.ends = ends
  }

  /// How many strings there are.
  public var count: Int { ends.count }
  /// How many rows there are.
  public var rowCount: Int { shape.extents.first ?? 1 }

  /// Where the bytes of a string lie.
  package func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// A string; what is no UTF-8 in it is replaced.
  public subscript(index: Int) -> String { String(decoding: bytes[range(index)], as: UTF8.self) }

  /// All strings.
  public var texts: [String] { (0..<count).map { self[$0] } }

  /// The same strings under another shape.
  ///
  /// - Precondition: both shapes have the same number of elements.
  public func reshaped(to shape: Shape) -> TextArray {
    TextArray(shape: shape, bytes: bytes, ends: ends)
  }

  /// The strings with the given numbers, in that order.
  package func picked(_ indices: some Sequence<Int>, shape: (Int) -> Shape) -> TextArray {
    var (bytes, ends): ([UInt8], [Int]) = ([], [])
    for index in indices {
      bytes.append(contentsOf: self.bytes[range(index)])
      ends.append(bytes.count)
    }
    return TextArray(shape: shape(ends.count), bytes: bytes, ends: ends)
  }

  /// One column of a table `[rows, columns]`, as `[rows, 1]`.
  package func column(_ column: Int) -> TextArray {
    let width = shape.extents.last ?? 1
    return picked(stride(from: column, to: count, by: width)) { [$0, 1] }
  }
}
