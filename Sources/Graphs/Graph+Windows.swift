import Tensors

// Operations that look at an array `[batch, …, channels]` through a window. Each linear one has its
// transpose here too, so that gradients, and gradients of gradients, stay within the family.
extension Graph {
  // MARK: Convolutions

  /// The convolution of `[batch, …, in]` with a kernel `[…window, in ÷ groups, out]`:
  /// `output[p, c] = Σ over cells k and channels i of input[p·stride + k·dilation − low, i] ·
  /// kernel[k, i, c]`, as Keras and all others compute it (mathematically a correlation).
  ///
  /// With groups, channel *c* of the output sees only the channels of the input in its own group:
  /// those are `in ÷ groups` neighbours. A depthwise convolution has as many groups as channels.
  ///
  /// - Parameter high: How many elements the window may stand over the end of each axis.
  public mutating func convolution(
    _ input: Value, _ kernel: Value, window: Window, high: [Int]? = nil, groups: Int = 1
  ) -> Value {
    let (source, weights) = (shape(input), shape(kernel))
    checkKernel(weights, window, groups: groups)
    precondition(
      source.rank == window.axisCount + 2 && source[-1] == weights[-2] * groups,
      "convolution of \(source) with \(weights) in \(groups) groups")
    let places = window.places(
      on: Array(source.extents.dropFirst().dropLast()), high: high ?? window.sizes.map { _ in 0 })
    return append(
      .convolution(.output, window, groups: groups), [input, kernel],
      shape: Shape([source[0]] + places + [weights[-1]]))
  }

  /// The transpose of a convolution: what its input must be for a given output, in the sense of a
  /// gradient. `[batch, …places, out] → [batch, …extents, in]` with a kernel `[…window, in ÷ groups,
  /// out]`.
  ///
  /// - Parameter extents: The extents of the result between batch and channels.
  public mutating func transposedConvolution(
    _ output: Value, _ kernel: Value, window: Window, extents: [Int], groups: Int = 1
  ) -> Value {
    let (source, weights) = (shape(output), shape(kernel))
    checkKernel(weights, window, groups: groups)
    precondition(
      source.rank == window.axisCount + 2 && source[-1] == weights[-1]
        && extents.count == window.axisCount,
      "transposed convolution of \(source) with \(weights)")
    return append(
      .convolution(.input, window, groups: groups), [output, kernel],
      shape: Shape([source[0]] + extents + [weights[-2] * groups]))
  }

  /// The gradient of a convolution's kernel from its input and the gradient of its output.
  mutating func convolutionKernel(
    _ input: Value, _ output: Value, window: Window, groups: Int
  ) -> Value {
    let shape = Shape(window.sizes + [shape(input)[-1] / groups, shape(output)[-1]])
    return append(.convolution(.kernel, window, groups: groups), [input, output], shape: shape)
  }

  /// The member of the family of convolutions that gives an array of the shape.
  mutating func convolution(
    _ form: ConvolutionForm, _ operands: [Value], _ window: Window, groups: Int, shape: Shape
  ) -> Value {
    append(.convolution(form, window, groups: groups), operands, shape: shape)
  }

  private func checkKernel(_ kernel: Shape, _ window: Window, groups: Int) {
    precondition(
      kernel.rank == window.axisCount + 2 && Array(kernel.extents.dropLast(2)) == window.sizes
        && groups > 0 && kernel[-1] % groups == 0,
      "kernel \(kernel) for a window of \(window.sizes) in \(groups) groups")
  }

  // MARK: Pooling

  /// The mean of what the window sees of each channel at each place; cells outside do not count.
  ///
  /// - Parameter high: How many elements the window may stand over the end of each axis.
  public mutating func windowMean(_ value: Value, window: Window, high: [Int]? = nil) -> Value {
    append(
      .window(.mean, window), [value], shape: shapeOfPlaces(shape(value), window, high))
  }

  /// The largest element that the window sees of each channel at each place; NaN if one of them is
  /// NaN. The gradient goes to the first of the largest alone, as in Keras.
  ///
  /// - Parameter high: How many elements the window may stand over the end of each axis.
  public mutating func windowMaximum(_ value: Value, window: Window, high: [Int]? = nil) -> Value {
    append(
      .window(.maximum, window), [value], shape: shapeOfPlaces(shape(value), window, high))
  }

  /// Another member of the family, with the shape that it is to have.
  mutating func windowed(
    _ function: WindowFunction, _ operands: [Value], _ window: Window, shape: Shape
  ) -> Value {
    append(.window(function, window), operands, shape: shape)
  }

  private func shapeOfPlaces(_ source: Shape, _ window: Window, _ high: [Int]?) -> Shape {
    precondition(
      source.rank == window.axisCount + 2, "a window of \(window.sizes) over \(source)")
    let places = window.places(
      on: Array(source.extents.dropFirst().dropLast()), high: high ?? window.sizes.map { _ in 0 })
    return Shape([source[0]] + places + [source[-1]])
  }
}
