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
  /// The elements from `starts` in steps of `strides`, as many as the result's shape says.
  case slice(starts: [Int], strides: [Int])
  /// Zeros around (and, with `interior`, between) the elements.
  case pad(low: [Int], high: [Int], interior: [Int])
  /// The operands one after the other along an axis.
  case concatenate(axis: Int)
  /// The elements in opposite order along axes.
  case reverse(axes: [Int])

  // Many to one.
  /// Combines the elements along the given axes, which vanish from the shape.
  case reduce(Reduction, axes: [Int])
  /// The position of the largest element along an axis (the first of equals), as a float.
  case argMax(axis: Int)

  // Products.
  /// The matrix product of the last two axes, `[…, m, k] × […, k, n]`, batched over equal leading
  /// axes; a flag says that the operand is stored with its last two axes swapped.
  case matrixProduct(transposeLeft: Bool, transposeRight: Bool)

  /// One of the three arrays of a convolution, `input [batch, …, in]`, `kernel […window,
  /// in ÷ groups, out]` and `output [batch, …places, out]`, from the other two, in this order.
  case convolution(ConvolutionForm, Window, groups: Int)

  /// All steps of a recurrent cell at once, or what is needed on the way back.
  case recurrence(Recurrence, RecurrenceForm)

  // Windows over `[batch, …, channels]`.
  /// Something made of what a window sees of each channel at each place, or the way back.
  case window(WindowFunction, Window)

  // Tables.
  /// The rows of the first operand, `[rows, width]`, with the numbers in the second; negative
  /// numbers count from the end; a row that does not exist is NaN.
  case gather
  /// Zeros to whose rows, by the numbers in the second operand, those of the first are added.
  case scatterAdd
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

/// Which of a convolution's three arrays is computed from the other two. Each is linear in both, so
/// the gradients of one are the other two.
public enum ConvolutionForm: String, Hashable, Sendable, CaseIterable {
  /// The convolution itself, from input and kernel.
  case output
  /// The gradient of the input, which is also the transposed convolution, from kernel and output.
  case input
  /// The gradient of the kernel, from input and output.
  case kernel
}

/// What is made of the elements that a window sees.
public enum WindowFunction: String, Hashable, Sendable, CaseIterable {
  /// The mean of the cells inside.
  case mean
  /// The transpose of the mean: each element is shared out evenly over the cells inside.
  case spread
  /// The largest; NaN if one is NaN.
  case maximum
  /// The number of the cell with the largest element, in row-major order; the first of equals, or
  /// the first NaN.
  case position
  /// The element under the cell that the second operand names for each place.
  case pick
  /// The transpose of picking: each element of the first operand is added where the cell stands
  /// that the second names for its place.
  case place
}

/// Where random numbers come from.
public enum RandomDistribution: String, Hashable, Sendable, CaseIterable {
  /// Evenly spread over [0, 1).
  case uniform
  /// Gaussian with mean 0 and standard deviation 1.
  case normal
}
