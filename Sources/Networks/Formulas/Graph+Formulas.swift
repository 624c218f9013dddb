package import Graphs
import Tensors

// Formulas that several layers and losses share.
extension Graph {
  /// Keras' `epsilon()`.
  static let epsilon = 1e-7

  /// number − value
  package mutating func subtract(_ number: Double, _ value: Value) -> Value {
    subtract(constant(number), value)
  }

  /// min(max(value, low), high): no gradient where it cuts.
  package mutating func clip(_ value: Value, _ low: Double, _ high: Double) -> Value {
    minimum(maximum(value, low), high)
  }

  /// The exponentials divided by their sum, shifted by the maximum so that none overflows.
  package mutating func softmax(_ value: Value, axes: [Int]) -> Value {
    let weights = unary(.exponential, shifted(value, axes: axes))
    return divide(weights, sum(weights, axes: axes, keepAxes: true))
  }

  /// The logarithm of softmax, exact also where softmax underflows.
  package mutating func logSoftmax(_ value: Value, axis: Int) -> Value {
    let shift = shifted(value, axes: [axis])
    let total = sum(unary(.exponential, shift), axes: [axis], keepAxes: true)
    return subtract(shift, unary(.logarithm, total))
  }

  private mutating func shifted(_ value: Value, axes: [Int]) -> Value {
    subtract(value, stopGradient(maximum(value, axes: axes, keepAxes: true)))
  }

  /// Mean and biased variance along axes, which stay with extent 1.
  package mutating func moments(_ value: Value, axes: [Int]) -> (mean: Value, variance: Value) {
    let mean = mean(value, axes: axes, keepAxes: true)
    let deviation = subtract(value, mean)
    return (mean, self.mean(unary(.square, deviation), axes: axes, keepAxes: true))
  }

  /// 1 where both are 1, for comparisons.
  package mutating func both(_ left: Value, _ right: Value) -> Value { multiply(left, right) }

  /// 1 − condition
  package mutating func not(_ condition: Value) -> Value { subtract(1, condition) }

  /// left > number
  package mutating func isGreater(_ left: Value, _ number: Double) -> Value {
    binary(.greater, left, constant(number))
  }

  /// number > left
  package mutating func isLess(_ left: Value, _ number: Double) -> Value {
    binary(.greater, constant(number), left)
  }

  /// value / √max(Σ value², least) along axes.
  package mutating func unitLength(_ value: Value, axes: [Int], least: Double) -> Value {
    let squares = sum(unary(.square, value), axes: axes, keepAxes: true)
    return multiply(value, unary(.reciprocalSquareRoot, maximum(squares, least)))
  }

  /// Every element several times in a row along an axis.
  package mutating func repeated(_ value: Value, axis: Int, times: Int) -> Value {
    var extents = shape(value).extents
    extents.insert(1, at: axis + 1)
    let column = reshape(value, to: Shape(extents))
    extents[axis + 1] = times
    let wide = broadcast(column, to: Shape(extents))
    extents.remove(at: axis + 1)
    extents[axis] *= times
    return reshape(wide, to: Shape(extents))
  }

  /// A vector along one axis, given the rank and the extent that the others broadcast to.
  package mutating func aligned(_ vector: Value, axes: [Int], rank: Int) -> Value {
    var extents = [Int](repeating: 1, count: rank)
    for (position, axis) in axes.enumerated() { extents[axis] = shape(vector).extents[position] }
    return reshape(vector, to: Shape(extents))
  }
}

extension Graph {
  /// A vector of given numbers, made of one-number pieces; meant for a few channels.
  package mutating func vector(_ numbers: [Double]) -> Value {
    if numbers.count == 1 { return constant(numbers[0]) }
    return concatenate(numbers.map { constant($0, shape: [1]) }, axis: 0)
  }
}
