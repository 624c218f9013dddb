/// An array of 32-bit numbers in row-major order, with value semantics.
public struct Tensor: Hashable, Sendable {
  /// The extents of the array.
  public let shape: Shape
  /// The elements, the last axis running fastest.
  public var scalars: [Float]

  /// An array of the given elements.
  ///
  /// - Precondition: as many elements as the shape asks for.
  public init(shape: Shape, scalars: [Float]) {
    precondition(
      shape.count == scalars.count, "\(scalars.count) elements for the shape \(shape)")
    self.shape = shape
    self.scalars = scalars
  }

  /// An array with every element the same.
  public init(repeating value: Float, shape: Shape) {
    self.init(shape: shape, scalars: [Float](repeating: value, count: shape.count))
  }

  /// The same elements under another shape.
  ///
  /// - Precondition: both shapes have the same number of elements.
  public func reshaped(to shape: Shape) -> Tensor { Tensor(shape: shape, scalars: scalars) }

  /// How many rows there are: the extent of the first axis, 1 for a scalar.
  public var rowCount: Int { shape.rank == 0 ? 1 : shape.extents[0] }

  /// How many elements a row has.
  public var rowLength: Int { rowCount == 0 ? 0 : scalars.count / rowCount }

  /// The rows with the given numbers, in that order.
  ///
  /// - Complexity: O(*rows* × *row length*).
  public func rows(_ indices: some Sequence<Int>) -> Tensor {
    let length = Shape(Array(shape.extents.dropFirst())).count
    var picked: [Float] = []
    var count = 0
    for index in indices {
      picked.append(contentsOf: scalars[index * length..<(index + 1) * length])
      count += 1
    }
    return Tensor(shape: Shape([count] + shape.extents.dropFirst()), scalars: picked)
  }
}
