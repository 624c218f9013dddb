package import Graphs
package import JSON
package import Tensors

/// The arguments of a convolution that keeps the channels apart.
package struct DepthwiseArguments: Sendable {
  package let window: SlidingWindow
  /// How many results each channel has.
  package let multiplier: Int
  package let order: ChannelOrder
  package let kernel: WeightArguments
  package let end: ConvolutionEnd

  /// Reads the arguments.
  package init(_ configuration: Configuration, axes: Int) throws {
    window = try SlidingWindow(
      configuration, sizeKey: "kernel_size", axes: axes,
      defaultStrides: [Int](repeating: 1, count: axes))
    multiplier = try configuration.extents(
      "depth_multiplier", axes: 1, default: [1], in: 1...SlidingWindow.largestStep)[0]
    order = try ChannelOrder(configuration)
    kernel = try WeightArguments("depthwise", configuration)
    end = try ConvolutionEnd(configuration)
  }

  /// The arguments that are not Keras' defaults.
  package var configuration: JSONObject {
    var result = JSONObject()
    window.write(to: &result)
    result.set("depth_multiplier", multiplier, default: 1)
    order.write(to: &result)
    kernel.write(to: &result)
    end.write(to: &result)
    return result
  }

  /// The shape of the kernel, `[…window, in, multiplier]`.
  func kernelShape(_ input: Shape) -> Shape { Shape(window.sizes + [input[-1], multiplier]) }

  /// Each channel under kernels of its own: `[batch, …, in] → [batch, …places, in · multiplier]`.
  func convolved(
    _ x: Value, _ kernel: Value, layer: String, in graph: inout Graph
  ) throws -> Value {
    let shape = graph.shape(x)
    let (window, high) = try window.placed(on: shape, layer: layer)
    let grouped = graph.reshape(
      kernel, to: Shape(window.sizes + [1, shape[-1] * multiplier]))
    return graph.convolution(x, grouped, window: window, high: high, groups: shape[-1])
  }
}

/// A layer that convolves each channel alone: `activation(Σ window · kernel + bias)`, with a kernel
/// `[…window, in, multiplier]`; the results of one channel stand beside each other.
package protocol DepthwiseConvolutionLayer: PlaneLayer {
  /// The arguments.
  var arguments: DepthwiseArguments { get }
}

extension DepthwiseConvolutionLayer {
  package var order: ChannelOrder { arguments.order }
  package var configuration: JSONObject { arguments.configuration }
  package var activityRegularizer: (any Regularizer)? { arguments.end.activityRegularizer }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try plane(inputs)
    return [arguments.kernel.declaration("kernel", arguments.kernelShape(input))]
      + arguments.end.variables(input[-1] * arguments.multiplier)
  }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    let result = try arguments.convolved(
      x, scope.variables[0], layer: Self.className, in: &scope.graph)
    return try arguments.end.applied(to: result, scope: &scope)
  }
}

/// A layer that convolves each channel alone and then mixes the channels of each place:
/// `activation(depthwise(input) · pointwise + bias)`.
package protocol SeparableConvolutionLayer: PlaneLayer {
  /// The number of channels of the result.
  var filters: Int { get }
  /// The arguments of the first part, and of what follows the second.
  var arguments: DepthwiseArguments { get }
  /// The arguments of the kernel of the second part, `[1…, in · multiplier, filters]`.
  var pointwise: WeightArguments { get }
}

extension SeparableConvolutionLayer {
  package var order: ChannelOrder { arguments.order }
  package var activityRegularizer: (any Regularizer)? { arguments.end.activityRegularizer }

  package var configuration: JSONObject {
    var result: JSONObject = ["filters": .int(filters)]
    for member in arguments.configuration.members { result[member.key] = member.value }
    pointwise.write(to: &result)
    return result
  }

  /// Reads the number of filters.
  package static func filters(_ configuration: Configuration) throws -> Int {
    try configuration.extents(
      "filters", axes: 1, default: nil, in: 1...SlidingWindow.largestStep)[0]
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try plane(inputs)
    let ones = [Int](repeating: 1, count: Self.axisCount)
    let mixing = Shape(ones + [input[-1] * arguments.multiplier, filters])
    return [
      arguments.kernel.declaration("depthwise_kernel", arguments.kernelShape(input)),
      pointwise.declaration("pointwise_kernel", mixing),
    ] + arguments.end.variables(filters)
  }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    let parts = try arguments.convolved(
      x, scope.variables[0], layer: Self.className, in: &scope.graph)
    let shape = scope.graph.shape(parts)
    let rows = scope.graph.reshape(parts, to: [shape.count / shape[-1], shape[-1]])
    let mixing = scope.graph.reshape(scope.variables[1], to: [shape[-1], filters])
    let mixed = scope.graph.reshape(
      scope.graph.matrixProduct(rows, mixing), to: Shape(shape.extents.dropLast() + [filters]))
    return try arguments.end.applied(to: mixed, scope: &scope)
  }
}
