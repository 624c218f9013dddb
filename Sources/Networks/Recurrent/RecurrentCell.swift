package import Graphs
import JSON
import Tensors

/// What a recurrent layer does at every step: Keras' cells.
///
/// The part of a step that does not need the state is computed for all steps at once, as one matrix
/// product; what is left of a step is one more product and a chain of element-wise operations.
package protocol RecurrentCell: Configurable {
  /// The arguments.
  var arguments: CellArguments { get }
  /// How many gates there are: the kernels hold one block of columns for each.
  static var gates: Int { get }
  /// How many arrays `[batch, units]` the state has; the first is the output.
  static var stateCount: Int { get }
  /// The variables for steps of so many features.
  func variables(inputExtent: Int) -> [VariableDeclaration]
  /// What is added to the projection of every step's input, a vector; `nil`: nothing.
  func inputBias(_ variables: [Value], in graph: inout Graph) -> Value?
  /// One step.
  ///
  /// - Parameters:
  ///   - projected: The step's input times the kernel, and the bias: `[batch, gates · units]`.
  ///   - state: The state before.
  ///   - variables: The cell's variables.
  ///   - factors: What the state is multiplied by for each gate, before the recurrent kernel is
  ///     applied; empty without recurrent dropout.
  /// - Returns: The state after.
  func step(
    _ projected: Value, state: [Value], variables: [Value], factors: [Value],
    in graph: inout Graph
  ) throws -> [Value]
  /// The operation that computes all steps at once; `nil`: there is none for what the cell computes.
  var recurrence: Recurrence? { get }
  /// What is added to the product of the state with the recurrent kernel, a vector; `nil`: nothing.
  func stateBias(_ variables: [Value], in graph: inout Graph) -> Value?
}

extension RecurrentCell {
  package func stateBias(_ variables: [Value], in graph: inout Graph) -> Value? { nil }

  package func inputBias(_ variables: [Value], in graph: inout Graph) -> Value? {
    arguments.usesBias ? variables[2] : nil
  }

  /// The inputs of all steps times the kernel: `[steps · batch, in] → [steps · batch, gates · units]`.
  func project(
    _ rows: Value, batch: Int, variables: [Value], scope: inout LayerScope
  ) -> Value {
    let shape = scope.graph.shape(rows)
    let factors = arguments.inputFactors(
      batch: batch, extent: shape[-1], gates: Self.gates, scope: &scope)
    let dropped = factors.map { factor -> Value in
      let steps = scope.graph.reshape(rows, to: [shape[0] / batch, batch, shape[-1]])
      return scope.graph.reshape(scope.graph.multiply(steps, factor), to: shape)
    }
    let result: Value
    if dropped.count > 1 {
      let kernels = scope.graph.parts(variables[0], count: Self.gates)
      let gates = zip(dropped, kernels).map { scope.graph.matrixProduct($0, $1) }
      result = scope.graph.concatenate(gates, axis: 1)
    } else {
      result = scope.graph.matrixProduct(dropped.first ?? rows, variables[0])
    }
    guard let bias = inputBias(variables, in: &scope.graph) else { return result }
    return scope.graph.add(result, bias)
  }

  /// All steps at once.
  ///
  /// - Parameters:
  ///   - recurrence: The operation.
  ///   - projected: `[steps, batch, gates · units]`
  ///   - counts: `[steps, batch]`, 0 where a step leaves the state as it was.
  /// - Returns: The outputs of all steps, `[steps, batch, units]`, and the state after the last.
  func sequence(
    _ recurrence: Recurrence, _ projected: Value, state: [Value], counts: Value?,
    variables: [Value], in graph: inout Graph
  ) -> (outputs: Value, state: [Value]) {
    let (shape, units) = (graph.shape(projected), arguments.units)
    let initial = graph.reshape(
      graph.concatenate(state, axis: 0), to: [state.count, shape[1], units])
    let states = graph.recurrence(
      recurrence, projected, kernel: variables[1], initial: initial,
      stateBias: stateBias(variables, in: &graph), counts: counts)
    let outputs = graph.slice(
      states, starts: [0, 1, 0, 0], sizes: [1, shape[0], shape[1], units])
    let last = state.indices.map { number in
      graph.reshape(
        graph.slice(states, starts: [number, shape[0], 0, 0], sizes: [1, 1, shape[1], units]),
        to: [shape[1], units])
    }
    return (graph.reshape(outputs, to: [shape[0], shape[1], units]), last)
  }

  /// The state times the recurrent kernel, for the gates of a range.
  func recurrent(
    _ state: Value, gates: Range<Int>, variables: [Value], factors: [Value],
    in graph: inout Graph
  ) -> Value {
    let units = arguments.units
    func kernel(_ range: Range<Int>) -> Value {
      graph.part(variables[1], axis: 1, range.lowerBound * units..<range.upperBound * units)
    }
    guard !factors.isEmpty else { return graph.matrixProduct(state, kernel(gates)) }
    let products = gates.map { gate in
      let block = kernel(gate..<gate + 1)
      return graph.matrixProduct(graph.multiply(state, factors[gate]), block)
    }
    return graph.concatenate(products, axis: 1)
  }
}
