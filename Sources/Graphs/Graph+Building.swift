public import Tensors

// The typed ways to add an operation. Shapes that do not fit are programmer errors here: layers check
// what came from outside before they build, with an error that names the layer.
extension Graph {
  // MARK: Leaves

  /// Data of the given shape that is fed at every run.
  public mutating func input(_ number: Int, shape: Shape) -> Value {
    append(.input(number), [], shape: shape)
  }

  /// The variable with the given number.
  public mutating func parameter(_ number: Int, shape: Shape) -> Value {
    append(.parameter(number), [], shape: shape)
  }

  /// The same number everywhere.
  public mutating func constant(_ number: Double, shape: Shape = .scalar) -> Value {
    append(.constant(number), [], shape: shape)
  }

  /// Fresh random numbers at every step. Give each use its own stream.
  public mutating func random(
    _ distribution: RandomDistribution, shape: Shape, stream: Int
  ) -> Value {
    append(.random(distribution, stream: stream), [], shape: shape)
  }

  // MARK: Element by element

  /// A function of each element.
  public mutating func unary(_ function: UnaryOperation, _ operand: Value) -> Value {
    append(.unary(function), [operand], shape: shape(operand))
  }

  /// A function of pairs of elements; the operands are broadcast against each other as in NumPy.
  public mutating func binary(_ function: BinaryOperation, _ left: Value, _ right: Value) -> Value {
    let result = broadcastShape(shape(left), shape(right))
    let operands = [broadcast(left, to: result), broadcast(right, to: result)]
    return append(.binary(function), operands, shape: result)
  }

  /// `ifTrue` where `condition` is not zero, else `ifFalse`; all are broadcast against each other.
  public mutating func select(_ condition: Value, _ ifTrue: Value, _ ifFalse: Value) -> Value {
    let result = broadcastShape(
      broadcastShape(shape(condition), shape(ifTrue)), shape(ifFalse))
    let operands = [condition, ifTrue, ifFalse].map { broadcast($0, to: result) }
    return append(.select, operands, shape: result)
  }

  /// left + right
  public mutating func add(_ left: Value, _ right: Value) -> Value { binary(.add, left, right) }
  /// left − right
  public mutating func subtract(_ left: Value, _ right: Value) -> Value {
    binary(.subtract, left, right)
  }
  /// left × right, element by element
  public mutating func multiply(_ left: Value, _ right: Value) -> Value {
    binary(.multiply, left, right)
  }
  /// left ÷ right
  public mutating func divide(_ left: Value, _ right: Value) -> Value {
    binary(.divide, left, right)
  }
  /// value + number
  public mutating func add(_ value: Value, _ number: Double) -> Value {
    add(value, constant(number))
  }
  /// value × number
  public mutating func scale(_ value: Value, by number: Double) -> Value {
    multiply(value, constant(number))
  }
  /// max(value, number), NaN kept
  public mutating func maximum(_ value: Value, _ number: Double) -> Value {
    binary(.maximum, value, constant(number))
  }
  /// min(value, number), NaN kept
  public mutating func minimum(_ value: Value, _ number: Double) -> Value {
    binary(.minimum, value, constant(number))
  }

  // MARK: Movement

  /// The value repeated to fill a shape, by NumPy's rule: axes are matched from the last one.
  public mutating func broadcast(_ value: Value, to target: Shape) -> Value {
    let source = shape(value)
    if source == target { return value }
    if case .constant(let number) = operation(value) { return constant(number, shape: target) }
    precondition(
      source.rank <= target.rank && broadcastShape(source, target) == target,
      "\(source) cannot be broadcast to \(target)")
    let padded = Shape(
      [Int](repeating: 1, count: target.rank - source.rank) + source.extents)
    return append(.broadcast, [reshape(value, to: padded)], shape: target)
  }

  /// The same elements under another shape.
  public mutating func reshape(_ value: Value, to target: Shape) -> Value {
    let source = shape(value)
    if source == target { return value }
    precondition(source.count == target.count, "\(source) cannot be reshaped to \(target)")
    if case .reshape = operation(value) {
      return reshape(nodes[value.index].operands[0], to: target)
    }
    return append(.reshape, [value], shape: target)
  }

  /// The axes in another order: axis *i* of the result is axis `permutation[i]` of the operand.
  public mutating func transpose(_ value: Value, _ permutation: [Int]) -> Value {
    let source = shape(value)
    precondition(permutation.sorted() == Array(0..<source.rank), "\(permutation) of \(source)")
    if permutation == Array(0..<source.rank) { return value }
    return append(
      .transpose(permutation), [value], shape: Shape(permutation.map { source.extents[$0] }))
  }

  /// A box of elements: `sizes` of them along each axis from `starts` in steps of `strides`.
  public mutating func slice(
    _ value: Value, starts: [Int], sizes: [Int], strides: [Int]? = nil
  ) -> Value {
    let source = shape(value)
    let steps = strides ?? [Int](repeating: 1, count: source.rank)
    for axis in 0..<source.rank where sizes[axis] > 0 {
      precondition(
        starts[axis] >= 0 && starts[axis] + (sizes[axis] - 1) * steps[axis] < source.extents[axis],
        "slice \(starts) \(sizes) \(steps) of \(source)")
    }
    if sizes == source.extents { return value }
    return append(.slice(starts: starts, strides: steps), [value], shape: Shape(sizes))
  }

  /// The value with zeros before, after and between its elements along each axis.
  public mutating func pad(
    _ value: Value, low: [Int], high: [Int], interior: [Int]? = nil
  ) -> Value {
    let source = shape(value)
    let between = interior ?? [Int](repeating: 0, count: source.rank)
    let extents = (0..<source.rank).map { axis -> Int in
      let gaps = max(0, source.extents[axis] - 1) * between[axis]
      return low[axis] + source.extents[axis] + gaps + high[axis]
    }
    if extents == source.extents { return value }
    return append(
      .pad(low: low, high: high, interior: between), [value], shape: Shape(extents))
  }

  /// The values one after the other along an axis.
  public mutating func concatenate(_ values: [Value], axis: Int) -> Value {
    precondition(!values.isEmpty, "nothing to concatenate")
    let shapes = values.map { shape($0) }
    let axis = shapes[0].normalized(axis)
    var extents = shapes[0].extents
    extents[axis] = shapes.map { $0.extents[axis] }.reduce(0, +)
    for other in shapes {
      var expected = extents
      expected[axis] = other.extents[axis]
      precondition(other.extents == expected, "concatenation of \(shapes) along \(axis)")
    }
    if values.count == 1 { return values[0] }
    return append(.concatenate(axis: axis), values, shape: Shape(extents))
  }

  // MARK: Many to one

  /// Sums along axes (all of them by default); with `keepAxes` they stay with extent 1.
  public mutating func sum(_ value: Value, axes: [Int]? = nil, keepAxes: Bool = false) -> Value {
    reduce(.sum, value, axes: axes, keepAxes: keepAxes)
  }

  /// Means along axes (all of them by default); with `keepAxes` they stay with extent 1.
  public mutating func mean(_ value: Value, axes: [Int]? = nil, keepAxes: Bool = false) -> Value {
    let total = sum(value, axes: axes, keepAxes: keepAxes)
    let count = shape(value).count / max(1, shape(total).count)
    return scale(total, by: 1 / Double(count))
  }

  /// The largest elements along axes (all of them by default); NaN if one of them is NaN.
  public mutating func maximum(
    _ value: Value, axes: [Int]? = nil, keepAxes: Bool = false
  ) -> Value {
    reduce(.maximum, value, axes: axes, keepAxes: keepAxes)
  }

  private mutating func reduce(
    _ reduction: Reduction, _ value: Value, axes: [Int]?, keepAxes: Bool
  ) -> Value {
    let source = shape(value)
    let chosen = Set((axes ?? Array(0..<source.rank)).map { source.normalized($0) })
    let kept = (0..<source.rank).filter { !chosen.contains($0) }.map { source.extents[$0] }
    var result = value
    if !chosen.isEmpty {
      result = append(
        .reduce(reduction, axes: chosen.sorted()), [value], shape: Shape(kept))
    }
    guard keepAxes else { return result }
    let extents = (0..<source.rank).map { chosen.contains($0) ? 1 : source.extents[$0] }
    return reshape(result, to: Shape(extents))
  }

  /// The position of the largest element along an axis, as a float; the first of equals.
  public mutating func argMax(_ value: Value, axis: Int) -> Value {
    let source = shape(value)
    let axis = source.normalized(axis)
    var extents = source.extents
    extents.remove(at: axis)
    return append(.argMax(axis: axis), [value], shape: Shape(extents))
  }

  // MARK: Products and the rest

  /// The matrix product `[…, m, k] × […, k, n] → […, m, n]`; a flag reads an operand with its last
  /// two axes swapped. Leading axes must be equal.
  public mutating func matrixProduct(
    _ left: Value, _ right: Value, transposeLeft: Bool = false, transposeRight: Bool = false
  ) -> Value {
    let (a, b) = (shape(left), shape(right))
    precondition(
      a.rank >= 2 && a.rank == b.rank && a.extents.dropLast(2) == b.extents.dropLast(2),
      "matrix product of \(a) and \(b)")
    let (rows, inner) = transposeLeft ? (a[-1], a[-2]) : (a[-2], a[-1])
    let (innerRight, columns) = transposeRight ? (b[-1], b[-2]) : (b[-2], b[-1])
    precondition(inner == innerRight, "matrix product of \(a) and \(b): \(inner) ≠ \(innerRight)")
    return append(
      .matrixProduct(transposeLeft: transposeLeft, transposeRight: transposeRight), [left, right],
      shape: Shape(a.extents.dropLast(2) + [rows, columns]))
  }

  /// A new last axis of `classes` with a 1 where the operand's value says, else 0.
  public mutating func oneHot(_ value: Value, classes: Int) -> Value {
    append(.oneHot(classes: classes), [value], shape: Shape(shape(value).extents + [classes]))
  }

  /// The value itself, through which no gradient flows.
  public mutating func stopGradient(_ value: Value) -> Value {
    append(.stopGradient, [value], shape: shape(value))
  }
}

/// The shape that two operands take together by NumPy's rule.
///
/// - Precondition: the shapes are compatible.
package func broadcastShape(_ left: Shape, _ right: Shape) -> Shape {
  let rank = max(left.rank, right.rank)
  let extents = (0..<rank).map { axis -> Int in
    let a = axis - (rank - left.rank)
    let b = axis - (rank - right.rank)
    let first = a < 0 ? 1 : left.extents[a]
    let second = b < 0 ? 1 : right.extents[b]
    precondition(
      first == second || first == 1 || second == 1, "\(left) and \(right) do not broadcast")
    return first == 1 ? second : first
  }
  return Shape(extents)
}
