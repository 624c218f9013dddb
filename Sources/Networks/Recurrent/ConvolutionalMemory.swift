package import Graphs
package import JSON
package import Tensors

/// The arguments of a long short-term memory whose products are convolutions.
package struct ConvolutionalMemory: Sendable {
  package let filters: Int
  package let window: SlidingWindow
  package let activation: any Activation
  package let recurrentActivation: any Activation
  package let kernel: WeightArguments
  package let recurrentKernel: WeightArguments
  package let bias: WeightArguments
  package let usesBias: Bool
  /// Whether the bias of the forget gate starts at 1.
  package let startsRemembering: Bool
  package let sequence: RecurrentArguments
  package let activityRegularizer: (any Regularizer)?
  private let dropout: Double
  private let recurrentDropout: Double
  private let seed: Int?

  /// Input, forget, candidate and output, in Keras' order.
  package static let gates = 4

  /// Reads the arguments.
  package init(_ configuration: Configuration, axes: Int) throws {
    filters = try configuration.int("filters")
    guard filters > 0 else {
      throw configuration.error("filters", found: .int(filters), expected: "a positive number")
    }
    guard try ChannelOrder(configuration) == .last else {
      throw configuration.error(
        "data_format", found: "channels_first", expected: "channels_last (no other is supported)")
    }
    window = try SlidingWindow(
      configuration, sizeKey: "kernel_size", axes: axes,
      defaultStrides: [Int](repeating: 1, count: axes))
    activation =
      configuration.values["activation"] == nil
      ? try ActivationCatalogue.activation("tanh") : try configuration.activation()
    recurrentActivation = try configuration.recurrentActivation()
    kernel = try WeightArguments("kernel", configuration)
    recurrentKernel = try WeightArguments("recurrent", configuration, default: "orthogonal")
    bias = try WeightArguments("bias", configuration, default: "zeros")
    usesBias = try configuration.bool("use_bias", default: true)
    startsRemembering = try configuration.bool("unit_forget_bias", default: true)
    sequence = try RecurrentArguments(configuration)
    activityRegularizer = try configuration.regularizer("activity_regularizer")
    // Keras takes rates out of range for the nearest end.
    dropout = min(1, max(0, try configuration.double("dropout", default: 0)))
    recurrentDropout = min(1, max(0, try configuration.double("recurrent_dropout", default: 0)))
    seed = configuration.value("seed")?.int
  }

  /// The arguments that are not Keras' defaults.
  package var configuration: JSONObject {
    var result: JSONObject = ["filters": .int(filters)]
    window.write(to: &result)
    let name = ActivationCatalogue.json(activation)
    if name != "tanh" { result["activation"] = name }
    result.set(recurrentActivation: recurrentActivation)
    for weight in [kernel, recurrentKernel, bias] { weight.write(to: &result) }
    result.set("use_bias", usesBias, default: true)
    result.set("unit_forget_bias", startsRemembering, default: true)
    result.set("dropout", dropout, default: 0)
    result.set("recurrent_dropout", recurrentDropout, default: 0)
    if let seed { result["seed"] = .int(seed) }
    for member in sequence.configuration.members { result[member.key] = member.value }
    result.set("activity_regularizer", activityRegularizer)
    return result
  }

  /// The kernels `[…window, in, 4 · filters]` and `[…window, filters, 4 · filters]`, and the bias.
  package func variables(channels: Int) -> [VariableDeclaration] {
    let width = filters * Self.gates
    var result = [
      kernel.declaration("kernel", Shape(window.sizes + [channels, width])),
      recurrentKernel.declaration("recurrent_kernel", Shape(window.sizes + [filters, width])),
    ]
    if usesBias {
      let remembering = startsRemembering ? LSTMCell.ForgetBias(rest: bias.initializer) : nil
      result.append(bias.declaration("bias", [width], initializer: remembering))
    }
    return result
  }

  // MARK: Steps

  /// What does not need the state, for all steps at once:
  /// `[steps · batch, …, in] → [steps · batch, …, 4 · filters]`.
  package func project(
    _ planes: Value, batch: Int, layer: String, scope: inout LayerScope
  ) throws -> Value {
    let shape = scope.graph.shape(planes)
    let (placed, high) = try window.placed(on: shape, layer: layer)
    let row = Array(shape.extents.dropFirst())
    let factors = factors(dropout, Shape([batch] + row), scope: &scope)
    let inputs = factors.map { factor -> Value in
      let steps = scope.graph.reshape(planes, to: Shape([shape[0] / batch, batch] + row))
      return scope.graph.reshape(scope.graph.multiply(steps, factor), to: shape)
    }
    let result = convolved(
      planes, gates: inputs, scope.variables[0], placed, high, in: &scope.graph)
    return usesBias ? scope.graph.add(result, scope.variables[2]) : result
  }

  /// What every gate's state is multiplied by at every step; empty without recurrent dropout.
  package func stateFactors(_ state: Shape, scope: inout LayerScope) -> [Value] {
    factors(recurrentDropout, state, scope: &scope)
  }

  /// One step: `[h, c]` after it.
  package func step(
    _ projected: Value, state: [Value], recurrent: Value, factors: [Value],
    in graph: inout Graph
  ) throws -> [Value] {
    let low = window.sizes.map { ($0 - 1) / 2 }
    let around = Window(
      sizes: window.sizes, strides: window.sizes.map { _ in 1 }, low: low)
    let high = zip(window.sizes, low).map { $0 - 1 - $1 }
    let inputs = factors.map { graph.multiply(state[0], $0) }
    let fed = convolved(state[0], gates: inputs, recurrent, around, high, in: &graph)
    let z = graph.parts(graph.add(projected, fed), count: Self.gates)
    let input = try recurrentActivation.apply(z[0], in: &graph)
    let forget = try recurrentActivation.apply(z[1], in: &graph)
    let candidate = try activation.apply(z[2], in: &graph)
    let output = try recurrentActivation.apply(z[3], in: &graph)
    let memory = graph.add(graph.multiply(forget, state[1]), graph.multiply(input, candidate))
    return [graph.multiply(output, try activation.apply(memory, in: &graph)), memory]
  }

  /// All gates as one convolution, or one for each where each has an input of its own.
  private func convolved(
    _ x: Value, gates: [Value], _ kernel: Value, _ window: Window, _ high: [Int],
    in graph: inout Graph
  ) -> Value {
    guard !gates.isEmpty else { return graph.convolution(x, kernel, window: window, high: high) }
    let results = zip(gates, graph.parts(kernel, count: gates.count)).map {
      graph.convolution($0, $1, window: window, high: high)
    }
    return graph.concatenate(results, axis: -1)
  }

  private func factors(_ rate: Double, _ shape: Shape, scope: inout LayerScope) -> [Value] {
    guard scope.isTraining, rate > 0, rate < 1 else { return [] }
    return (0..<Self.gates).map { _ in scope.dropoutFactor(rate, shape: shape) }
  }
}
