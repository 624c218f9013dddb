package import Graphs
import Tensors

// Products and sums over axes.
extension Graph {
  /// The smallest elements along axes.
  package mutating func least(
    _ value: Value, axes: [Int], keepAxes: Bool = false
  ) -> Value {
    unary(.negate, maximum(unary(.negate, value), axes: axes, keepAxes: keepAxes))
  }

  /// The biased variance along axes.
  package mutating func variance(
    _ value: Value, axes: [Int], keepAxes: Bool = false
  ) -> Value {
    let spread = unary(.square, subtract(value, mean(value, axes: axes, keepAxes: true)))
    return mean(spread, axes: axes, keepAxes: keepAxes)
  }

  /// The sums of all elements up to each, along an axis.
  package mutating func cumulativeSum(_ value: Value, axis: Int) -> Value {
    let shape = shape(value)
    let order = (0..<shape.rank).filter { $0 != axis } + [axis]
    let moved = transpose(value, order)
    let extent = shape.extents[axis]
    let rows = reshape(moved, to: [shape.count / extent, extent])
    let sums = matrixProduct(
      rows, causalMask(rows: extent, columns: extent), transposeRight: true)
    let back = order.indices.sorted { order[$0] < order[$1] }
    return transpose(reshape(sums, to: self.shape(moved)), back)
  }

  /// value · matrix over the last axis: `[…, in] × [in, out] → […, out]`, as one product.
  package mutating func project(_ value: Value, _ matrix: Value) -> Value {
    let extents = shape(value).extents
    let rows = reshape(
      value, to: [shape(value).count / max(1, extents.last ?? 1), extents.last ?? 1])
    return reshape(
      matrixProduct(rows, matrix), to: Shape(extents.dropLast() + [shape(matrix)[-1]]))
  }

  /// The product of NumPy's `matmul`: leading axes are broadcast, vectors are rows on the left and
  /// columns on the right.
  ///
  /// - Throws: ``ShapeError`` if the shapes do not fit.
  package mutating func matmul(
    _ left: Value, _ right: Value, transposeRight: Bool = false, subject: String
  ) throws -> Value {
    let (a, b) = (shape(left), shape(right))
    guard a.rank > 0, b.rank > 0 else {
      throw ShapeError(
        subject: subject, found: "operands of shapes \(a) and \(b)", expected: "an axis or more")
    }
    if a.rank == 1 {
      let result = try matmul(
        expanded(left, axis: 0), right, transposeRight: transposeRight, subject: subject)
      let row = shape(result).rank == 1 ? 0 : shape(result).rank - 2
      return element(result, axis: row, 0)
    }
    if b.rank == 1 {
      let result = try matmul(left, expanded(right, axis: 1), subject: subject)
      return element(result, axis: shape(result).rank - 1, 0)
    }
    let lead = (Shape(a.extents.dropLast(2)), Shape(b.extents.dropLast(2)))
    guard a[-1] == (transposeRight ? b[-1] : b[-2]), canBroadcast(lead.0, lead.1) else {
      throw ShapeError(
        subject: subject, found: "operands of shapes \(a) and \(b)",
        expected: "as many columns on the left as rows on the right")
    }
    if b.rank == 2, !transposeRight { return project(left, right) }
    let leading = broadcastShape(lead.0, lead.1).extents
    let x = broadcast(left, to: Shape(leading + a.extents.suffix(2)))
    let y = broadcast(right, to: Shape(leading + b.extents.suffix(2)))
    return matrixProduct(x, y, transposeRight: transposeRight)
  }
}
