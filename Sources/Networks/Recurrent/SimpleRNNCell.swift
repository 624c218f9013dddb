package import Graphs
package import JSON

/// h = activation(x · kernel + bias + h₋₁ · recurrent_kernel)
package struct SimpleRNNCell: RecurrentCell {
  package static let className = "SimpleRNNCell"
  package static let gates = 1
  package static let stateCount = 1
  package let arguments: CellArguments

  package init(configuration: Configuration) throws {
    arguments = try CellArguments(configuration)
  }

  package var configuration: JSONObject { arguments.configuration }

  package func variables(inputExtent: Int) -> [VariableDeclaration] {
    arguments.variables(inputExtent: inputExtent, gates: Self.gates)
  }

  package var recurrence: Recurrence? {
    arguments.activation is TanhActivation ? .simple : nil
  }

  package func step(
    _ projected: Value, state: [Value], variables: [Value], factors: [Value],
    in graph: inout Graph
  ) throws -> [Value] {
    let recurrent = recurrent(
      state[0], gates: 0..<1, variables: variables, factors: factors, in: &graph)
    return [try arguments.activation.apply(graph.add(projected, recurrent), in: &graph)]
  }
}
