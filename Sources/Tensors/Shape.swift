/// The extents of an array, outermost first: `[batch, features]`. A scalar has no extents.
public struct Shape: Hashable, Sendable {
  /// The extent of each axis.
  public var extents: [Int]

  /// A shape with the given extents, none of them negative.
  public init(_ extents: [Int]) {
    precondition(extents.allSatisfy { $0 >= 0 }, "negative extent in \(extents)")
    self.extents = extents
  }

  /// The shape of a single number.
  public static var scalar: Shape { Shape([]) }

  /// How many axes there are.
  public var rank: Int { extents.count }

  /// How many elements an array of this shape has: the product of the extents, 1 for a scalar, and
  /// `Int.max` where the product is too large, which shapes from damaged files can be.
  public var count: Int {
    var product = 1
    for extent in extents {
      let (next, overflows) = product.multipliedReportingOverflow(by: extent)
      if overflows { return extents.contains(0) ? 0 : Int.max }
      product = next
    }
    return product
  }

  /// The extent of an axis; negative axes count from the end, as in NumPy.
  public subscript(axis: Int) -> Int { extents[normalized(axis)] }

  /// The axis as a number from 0, where −1 means the last one.
  ///
  /// - Precondition: the axis exists.
  public func normalized(_ axis: Int) -> Int {
    let index = axis < 0 ? axis + rank : axis
    precondition(extents.indices.contains(index), "axis \(axis) of shape \(self)")
    return index
  }

  /// How far apart neighbours along each axis lie in row-major order.
  public var strides: [Int] {
    var result = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      result[axis] = result[axis + 1] * extents[axis + 1]
    }
    return result
  }
}

extension Shape: ExpressibleByArrayLiteral {
  /// A shape with the given extents.
  public init(arrayLiteral elements: Int...) { self.init(elements) }
}

extension Shape: CustomStringConvertible {
  /// The shape as Python prints it: `(32, 10)`, `(32,)`, `()`.
  public var description: String {
    rank == 1
      ? "(\(extents[0]),)" : "(" + extents.map(String.init).joined(separator: ", ") + ")"
  }
}
