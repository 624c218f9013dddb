/// An array of weights as it stands in a file.
public struct StoredArray: Hashable, Sendable {
  /// The extents; none for a single number.
  public var shape: [Int]
  /// NumPy's name of the element type in the file: `float32`, `int64`.
  public var dtype: String
  /// The elements in row-major order, as 32-bit numbers.
  public var scalars: [Float]
  /// The elements as whole numbers, where the file holds such (counters exceed what 32-bit floats
  /// tell apart).
  public var integers: [Int]?

  /// An array of 32-bit numbers.
  public init(shape: [Int], scalars: [Float]) {
    self.shape = shape
    dtype = "float32"
    self.scalars = scalars
  }

  /// An array of whole numbers.
  public init(shape: [Int], integers: [Int], dtype: String = "int64") {
    self.shape = shape
    self.dtype = dtype
    scalars = integers.map(Float.init)
    self.integers = integers
  }

  init(shape: [Int], dtype: String, scalars: [Float], integers: [Int]?) {
    self.shape = shape
    self.dtype = dtype
    self.scalars = scalars
    self.integers = integers
  }
}
