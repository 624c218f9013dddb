package import Graphs
package import JSON
package import Tensors

/// The arguments that all transposed convolutions have.
package struct TransposedConvolutionArguments: Sendable {
  package let filters: Int
  package let window: SlidingWindow
  /// How much larger the result is than the smallest that gives the input; `nil` for what makes it
  /// a multiple of the input.
  package let outputPadding: [Int]?
  package let order: ChannelOrder
  package let kernel: WeightArguments
  package let end: ConvolutionEnd

  /// Reads the arguments.
  package init(_ configuration: Configuration, axes: Int) throws {
    filters = try configuration.int("filters")
    guard filters > 0 else {
      throw configuration.error("filters", found: .int(filters), expected: "a positive number")
    }
    window = try SlidingWindow(
      configuration, sizeKey: "kernel_size", axes: axes,
      defaultStrides: [Int](repeating: 1, count: axes))
    let hasPadding = configuration.value("output_padding") != nil
    outputPadding =
      hasPadding
      ? try configuration.extents(
        "output_padding", axes: axes, default: nil, in: 0...SlidingWindow.largestStep) : nil
    if let outputPadding, zip(outputPadding, window.strides).contains(where: { $0 >= $1 }) {
      throw configuration.error(
        "output_padding", found: configuration.value("output_padding"),
        expected: "less than the strides \(window.strides)")
    }
    guard window.strides.max() == 1 || window.dilations.max() == 1 else {
      throw configuration.error(
        "dilation_rate", found: configuration.value("dilation_rate"),
        expected: "1 where the strides are not")
    }
    order = try ChannelOrder(configuration)
    kernel = try WeightArguments("kernel", configuration)
    end = try ConvolutionEnd(configuration)
  }

  /// The arguments that are not Keras' defaults.
  package var configuration: JSONObject {
    var result: JSONObject = ["filters": .int(filters)]
    window.write(to: &result)
    if let outputPadding { result.set("output_padding", outputPadding, default: nil) }
    order.write(to: &result)
    kernel.write(to: &result)
    end.write(to: &result)
    return result
  }

  /// Along an axis: the extent of the result, and how much the window stands over its start.
  ///
  /// Keras tells both by what its convolution, which runs over the input with zeros between its
  /// elements, adds at the two ends.
  func placed(_ axis: Int, extent: Int) -> (extent: Int, low: Int) {
    let stride = window.strides[axis]
    let span = (window.sizes[axis] - 1) * window.dilations[axis] + 1
    let wanted = outputPadding?[axis]
    let (left, right): (Int, Int)
    if window.padding == .valid {
      left = span - 1
      right = span - 1 + (wanted ?? max(span, stride) - span)
    } else {
      let total = wanted.map { span + span % 2 - 2 + $0 } ?? (stride + span - 2)
      left = min(total / 2 + total % 2, span - 1)
      right = total - left
    }
    return ((extent - 1) * stride + 2 + left + right - span, span - 1 - left)
  }
}

/// A layer that spreads each element over the neighbourhood that a convolution would have made it
/// from: `activation(convolutionᵀ(input) + bias)`, with a kernel `[…window, filters, in]`.
package protocol TransposedConvolutionLayer: PlaneLayer {
  /// The arguments.
  var arguments: TransposedConvolutionArguments { get }
}

extension TransposedConvolutionLayer {
  package var order: ChannelOrder { arguments.order }
  package var configuration: JSONObject { arguments.configuration }
  package var activityRegularizer: (any Regularizer)? { arguments.end.activityRegularizer }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try plane(inputs)
    let shape = Shape(arguments.window.sizes + [arguments.filters, input[-1]])
    return [arguments.kernel.declaration("kernel", shape)]
      + arguments.end.variables(arguments.filters)
  }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    let shape = scope.graph.shape(x)
    let placed = arguments.window.sizes.indices.map {
      arguments.placed($0, extent: shape[$0 + 1])
    }
    guard placed.allSatisfy({ $0.extent > 0 }) else {
      throw ShapeError(
        subject: Self.className, found: "input of shape \(shape)",
        expected: "one that leaves elements in the result")
    }
    let sliding = arguments.window
    let window = Window(
      sizes: sliding.sizes, strides: sliding.strides, dilations: sliding.dilations,
      low: placed.map(\.low))
    let result = scope.graph.transposedConvolution(
      x, scope.variables[0], window: window, extents: placed.map(\.extent))
    return try arguments.end.applied(to: result, scope: &scope)
  }
}
