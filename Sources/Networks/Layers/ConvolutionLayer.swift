package import Graphs
package import JSON
package import Tensors

/// The arguments that all convolutions have.
package struct ConvolutionArguments: Sendable {
  package let filters: Int
  package let groups: Int
  package let window: SlidingWindow
  package let order: ChannelOrder
  package let activation: any Activation
  package let usesBias: Bool
  package let kernelInitializer: any Initializer
  package let biasInitializer: any Initializer
  package let kernelRegularizer: (any Regularizer)?
  package let biasRegularizer: (any Regularizer)?
  package let activityRegularizer: (any Regularizer)?
  package let kernelConstraint: (any Constraint)?
  package let biasConstraint: (any Constraint)?

  /// Reads the arguments.
  package init(_ configuration: Configuration, axes: Int) throws {
    filters = try configuration.int("filters")
    guard filters > 0 else {
      throw configuration.error("filters", found: .int(filters), expected: "a positive number")
    }
    groups = try configuration.int("groups", default: 1)
    guard groups > 0, filters % groups == 0 else {
      throw configuration.error(
        "groups", found: .int(groups), expected: "a positive number that divides \(filters) filters"
      )
    }
    for key in ["lora_rank", "quantization_config"] where configuration.value(key) != nil {
      throw configuration.error(
        key, found: configuration.value(key), expected: "null (this is not supported)")
    }
    order = try ChannelOrder(configuration)
    window = try SlidingWindow(
      configuration, sizeKey: "kernel_size", axes: axes,
      defaultStrides: [Int](repeating: 1, count: axes), isCausal: axes == 1)
    activation = try configuration.activation()
    usesBias = try configuration.bool("use_bias", default: true)
    kernelInitializer = try configuration.initializer(
      "kernel_initializer", default: "glorot_uniform")
    biasInitializer = try configuration.initializer("bias_initializer", default: "zeros")
    kernelRegularizer = try configuration.regularizer("kernel_regularizer")
    biasRegularizer = try configuration.regularizer("bias_regularizer")
    activityRegularizer = try configuration.regularizer("activity_regularizer")
    kernelConstraint = try configuration.constraint("kernel_constraint")
    biasConstraint = try configuration.constraint("bias_constraint")
  }

  /// The arguments that are not Keras' defaults.
  package var configuration: JSONObject {
    var result: JSONObject = ["filters": .int(filters)]
    window.write(to: &result)
    result.set("groups", groups, default: 1)
    order.write(to: &result)
    result.set("activation", activation)
    result.set("use_bias", usesBias, default: true)
    result.set("kernel_initializer", kernelInitializer, default: "glorot_uniform")
    result.set("bias_initializer", biasInitializer, default: "zeros")
    result.set("kernel_regularizer", kernelRegularizer)
    result.set("bias_regularizer", biasRegularizer)
    result.set("activity_regularizer", activityRegularizer)
    result.set("kernel_constraint", kernelConstraint)
    result.set("bias_constraint", biasConstraint)
    return result
  }
}

/// A layer that computes each element from its neighbourhood, everywhere with the same weights:
/// `activation(Σ window · kernel + bias)`, with a kernel `[…window, in ÷ groups, filters]`.
package protocol ConvolutionLayer: PlaneLayer {
  /// The arguments.
  var arguments: ConvolutionArguments { get }
}

extension ConvolutionLayer {
  package var order: ChannelOrder { arguments.order }
  package var configuration: JSONObject { arguments.configuration }
  package var activityRegularizer: (any Regularizer)? { arguments.activityRegularizer }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try plane(inputs)
    let groups = arguments.groups
    guard input[-1] % groups == 0 else {
      throw ShapeError(
        subject: Self.className, found: "input of shape \(input)",
        expected: "a number of channels that \(groups) groups share evenly")
    }
    let kernel = VariableDeclaration(
      name: "kernel",
      shape: Shape(arguments.window.sizes + [input[-1] / groups, arguments.filters]),
      initializer: arguments.kernelInitializer, regularizer: arguments.kernelRegularizer,
      constraint: arguments.kernelConstraint)
    let bias = VariableDeclaration(
      name: "bias", shape: [arguments.filters], initializer: arguments.biasInitializer,
      regularizer: arguments.biasRegularizer, constraint: arguments.biasConstraint)
    return arguments.usesBias ? [kernel, bias] : [kernel]
  }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    let shape = scope.graph.shape(x)
    let (window, high) = try arguments.window.placed(on: shape, layer: Self.className)
    var result = scope.graph.convolution(
      x, scope.variables[0], window: window, high: high, groups: arguments.groups)
    if arguments.usesBias { result = scope.graph.add(result, scope.variables[1]) }
    return try scope.activate(result, arguments.activation)
  }
}
