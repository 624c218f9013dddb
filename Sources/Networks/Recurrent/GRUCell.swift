package import Graphs
package import JSON

/// Gated recurrent unit, with blocks z, r, h of the kernels W and U:
///
///     z = σ(x·W_z + h₋₁·U_z + b_z),  r = σ(x·W_r + h₋₁·U_r + b_r)
///     c = tanh(x·W_h + b_h + r · (h₋₁·U_h + b′_h))     reset after the product (the default)
///     c = tanh(x·W_h + b_h + (r · h₋₁)·U_h)            reset before it
///     h = z · h₋₁ + (1 − z) · c
package struct GRUCell: RecurrentCell {
  package static let className = "GRUCell"
  package static let gates = 3
  package static let stateCount = 1
  package let arguments: CellArguments
  package let recurrentActivation: any Activation
  /// Whether the reset gate is applied to what the recurrent kernel made of the state.
  package let resetsAfter: Bool

  package init(configuration: Configuration) throws {
    arguments = try CellArguments(configuration)
    recurrentActivation = try configuration.recurrentActivation()
    resetsAfter = try configuration.bool("reset_after", default: true)
  }

  package var configuration: JSONObject {
    var result = arguments.configuration
    result.set(recurrentActivation: recurrentActivation)
    result.set("reset_after", resetsAfter, default: true)
    return result
  }

  package func variables(inputExtent: Int) -> [VariableDeclaration] {
    arguments.variables(
      inputExtent: inputExtent, gates: Self.gates, biasRows: resetsAfter ? 2 : 1)
  }

  package func inputBias(_ variables: [Value], in graph: inout Graph) -> Value? {
    guard arguments.usesBias else { return nil }
    return resetsAfter ? graph.element(variables[2], axis: 0, 0) : variables[2]
  }

  package func stateBias(_ variables: [Value], in graph: inout Graph) -> Value? {
    arguments.usesBias && resetsAfter ? graph.element(variables[2], axis: 0, 1) : nil
  }

  package var recurrence: Recurrence? {
    guard arguments.activation is TanhActivation, recurrentActivation is SigmoidActivation else {
      return nil
    }
    return resetsAfter ? .gru : .gruResetBefore
  }

  package func step(
    _ projected: Value, state: [Value], variables: [Value], factors: [Value],
    in graph: inout Graph
  ) throws -> [Value] {
    let h = state[0]
    let x = graph.parts(projected, count: 3)
    var product = recurrent(
      h, gates: 0..<(resetsAfter ? 3 : 2), variables: variables, factors: factors, in: &graph)
    if let bias = stateBias(variables, in: &graph) { product = graph.add(product, bias) }
    let inner = graph.parts(product, count: resetsAfter ? 3 : 2)
    let update = try recurrentActivation.apply(graph.add(x[0], inner[0]), in: &graph)
    let reset = try recurrentActivation.apply(graph.add(x[1], inner[1]), in: &graph)
    let rest =
      resetsAfter
      ? graph.multiply(reset, inner[2])
      : recurrent(
        graph.multiply(reset, h), gates: 2..<3, variables: variables, factors: factors,
        in: &graph)
    let candidate = try arguments.activation.apply(graph.add(x[2], rest), in: &graph)
    let kept = graph.multiply(update, h)
    return [graph.add(kept, graph.multiply(graph.subtract(1, update), candidate))]
  }
}
