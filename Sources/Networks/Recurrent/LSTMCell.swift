package import Graphs
package import JSON
import Tensors

/// Long short-term memory, with z = x · kernel + h₋₁ · recurrent_kernel + bias in blocks i, f, c, o:
///
///     c = σ(z_f) · c₋₁ + σ(z_i) · tanh(z_c)
///     h = σ(z_o) · tanh(c)
///
/// where σ is `recurrent_activation` and tanh is `activation`.
package struct LSTMCell: RecurrentCell {
  package static let className = "LSTMCell"
  package static let gates = 4
  package static let stateCount = 2
  package let arguments: CellArguments
  package let recurrentActivation: any Activation
  /// Whether the bias of the forget gate starts at 1, so that the memory lasts at first.
  package let startsRemembering: Bool

  package init(configuration: Configuration) throws {
    arguments = try CellArguments(configuration)
    recurrentActivation = try configuration.recurrentActivation()
    startsRemembering = try configuration.bool("unit_forget_bias", default: true)
  }

  package var configuration: JSONObject {
    var result = arguments.configuration
    result.set(recurrentActivation: recurrentActivation)
    result.set("unit_forget_bias", startsRemembering, default: true)
    return result
  }

  package func variables(inputExtent: Int) -> [VariableDeclaration] {
    let bias = ForgetBias(rest: arguments.bias.initializer)
    return arguments.variables(
      inputExtent: inputExtent, gates: Self.gates, biasInitializer: startsRemembering ? bias : nil)
  }

  package func step(
    _ projected: Value, state: [Value], variables: [Value], factors: [Value],
    in graph: inout Graph
  ) throws -> [Value] {
    let recurrent = recurrent(
      state[0], gates: 0..<4, variables: variables, factors: factors, in: &graph)
    let z = graph.parts(graph.add(projected, recurrent), count: 4)
    let input = try recurrentActivation.apply(z[0], in: &graph)
    let forget = try recurrentActivation.apply(z[1], in: &graph)
    let candidate = try arguments.activation.apply(z[2], in: &graph)
    let output = try recurrentActivation.apply(z[3], in: &graph)
    let memory = graph.add(graph.multiply(forget, state[1]), graph.multiply(input, candidate))
    let activated = try arguments.activation.apply(memory, in: &graph)
    return [graph.multiply(output, activated), memory]
  }

  package var recurrence: Recurrence? {
    arguments.activation is TanhActivation && recurrentActivation is SigmoidActivation
      ? .lstm : nil
  }

  /// The bias in four blocks, of which the second, the forget gate's, is 1.
  struct ForgetBias: Initializer {
    static let className = "ForgetBias"
    let rest: any Initializer

    init(rest: any Initializer) { self.rest = rest }

    init(configuration: Configuration) throws {
      rest = try configuration.initializer("rest", default: "zeros")
    }

    func values(for shape: Shape, random: RandomNumbers) throws -> Tensor {
      let units = shape.count / 4
      var scalars = try rest.values(for: [units * 4], random: random).scalars
      for unit in units..<2 * units { scalars[unit] = 1 }
      return Tensor(shape: shape, scalars: scalars)
    }
  }
}

extension Configuration {
  /// The activation of the gates.
  func recurrentActivation() throws -> any Activation {
    let key = "recurrent_activation"
    return values[key] == nil ? try ActivationCatalogue.activation("sigmoid") : try activation(key)
  }
}

extension JSONObject {
  /// Sets the activation of the gates unless it is Keras' default.
  mutating func set(recurrentActivation activation: any Activation) {
    let name = ActivationCatalogue.json(activation)
    if name != "sigmoid" { self["recurrent_activation"] = name }
  }
}
