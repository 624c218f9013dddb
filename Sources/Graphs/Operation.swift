/// The primitive operations: the whole alphabet in which layers, losses and metrics are written.
///
/// Only these have a derivative (``Graph/gradients(of:withRespectTo:)``) and only these are run by a
/// backend. The set is closed on purpose; layers are composed, not added here.
public enum Operation: Hashable, Sendable {
  // Leaves.
  /// Data fed at every run; the number says which of the program's inputs.
  case input(Int)
  /// A variable of the model; the number says which.
  case parameter(Int)
  /// The same number everywhere.
  case constant(Double)
  /// Fresh random numbers at every step; streams with different numbers are independent.
  case random(RandomDistribution, stream: Int)

  // Element by element; operands have the shape of the result.
  case unary(UnaryOperation)
  case binary(BinaryOperation)
  /// The second operand where the first is not zero, else the third.
  case select

  // Movement of data.
  /// Repeats axes of extent 1 up to the shape of the result; the rank stays.
  case broadcast
  /// The same elements in the same order under the shape of the result.
  case reshape
  /// Axis *i* of the result is axis `permutation[i]` of the operand.
  case transpose([Int])
  /// The elements from `starts` in steps of `strides`, as many as the result's shape says. Steps of
  /// −1 walk whole axes from their ends (``Graph/reversed(_:axes:)``).
  case slice(starts: [Int], strides: [Int])
  /// Zeros around (and, with `interior`, between) the elements.
  case pad(low: [Int], high: [Int], interior: [Int])
  /// The operands one after the other along an axis.
  case concatenate(axis: Int)

  // Many to one.
  /// Combines the elements along the given axes, which vanish from the shape.
  case reduce(Reduction, axes: [Int])
  /// The position of the largest element along an axis (the first of equals), as a float.
  case argMax(axis: Int)

  // Products.
  /// The matrix product of the last two axes, `[…, m, k] × […, k, n]`, batched over equal leading
  /// axes; a flag says that the operand is stored with its last two axes swapped.
  case matrixProduct(transposeLeft: Bool, transposeRight: Bool)

  /// `result[…, c] = 1` where `c` is the operand's value, else 0; out of range: a row of zeros.
  case oneHot(classes: Int)

  /// The operand itself, through which no gradient flows.
  case stopGradient
}

/// Functions of one number.
public enum UnaryOperation: String, Hashable, Sendable, CaseIterable {
  case negate, absolute, sign, square, squareRoot, reciprocalSquareRoot, reciprocal
  case exponential, logarithm, logarithmOnePlus, exponentialMinusOne
  case sine, cosine, hyperbolicTangent, sigmoid, softplus, errorFunction
  /// max(x, 0) that keeps NaN.
  case relu
  case floor
  /// To the nearest whole number, halves to even.
  case round
  /// 1 for NaN and infinities, else 0.
  case isNotFinite
}

/// Functions of two numbers. Comparisons give 1 or 0.
public enum BinaryOperation: String, Hashable, Sendable, CaseIterable {
  case add, subtract, multiply, divide, power
  /// NaN if either operand is NaN.
  case maximum, minimum
  case equal, greater, greaterOrEqual
}

/// How many elements become one.
public enum Reduction: String, Hashable, Sendable, CaseIterable {
  case sum, maximum
}

/// Where random numbers come from.
public enum RandomDistribution: String, Hashable, Sendable, CaseIterable {
  /// Evenly spread over [0, 1).
  case uniform
  /// Gaussian with mean 0 and standard deviation 1.
  case normal
}
