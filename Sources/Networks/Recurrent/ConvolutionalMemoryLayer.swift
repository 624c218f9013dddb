package import Graphs
package import JSON
package import Tensors

/// A long short-term memory over planes: both products of ``LSTMCell`` are convolutions, of which the
/// one over the state keeps its extents.
///
/// `[batch, steps, …, channels] → [batch, …, filters]`, or with `return_sequences`
/// `[batch, steps, …, filters]`; then, with `return_state`, the last `h` and `c`
/// (Shi et al. 2015, "Convolutional LSTM network").
package protocol ConvolutionalMemoryLayer: Layer {
  /// How many axes lie between steps and channels.
  static var axisCount: Int { get }
  /// The arguments.
  var memory: ConvolutionalMemory { get }
}

/// How many steps a sequence may have: each is a part of the graph of its own, and its planes are
/// kept until the way back.
private let longestSequence = 500

extension ConvolutionalMemoryLayer {
  package static var inputNames: [String] { ["sequences", "initial_state"] }
  package var innerGroups: [String] { ["cell"] }
  package var configuration: JSONObject { memory.configuration }
  package var activityRegularizer: (any Regularizer)? { memory.activityRegularizer }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    memory.variables(channels: try sequence(inputs)[-1]).map { $0.within("cell", isNamed: false) }
  }

  private func sequence(_ inputs: [Shape]) throws -> Shape {
    guard let input = inputs.first, input.rank == Self.axisCount + 3 else {
      throw ShapeError(
        subject: Self.className,
        found: "input of shape \(inputs.first.map(\.description) ?? "()")",
        expected: "\(Self.axisCount + 3) axes: batch, steps, \(Self.axisCount) of the plane, "
          + "channels")
    }
    try RecurrentArguments.check(input[1], atMost: longestSequence, in: Self.className)
    return input
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try outputs(inputs, scope: &scope)[0]
  }

  package func outputs(_ inputs: [Value], scope: inout LayerScope) throws -> [Value] {
    let shape = try sequence(inputs.map { scope.graph.shape($0) })
    let (batch, steps) = (shape[0], shape[1])
    guard (scope.masks.first ?? nil) == nil else {
      throw ShapeError(
        subject: Self.className, found: "a mask", expected: "none (masks are not supported)")
    }
    // Step by step in memory, so that each step is one piece.
    let planes = scope.graph.reshape(
      scope.graph.swappedFirstAxes(inputs[0]),
      to: Shape([steps * batch] + shape.extents.dropFirst(2)))
    let projected = try memory.project(
      planes, batch: batch, layer: Self.className, scope: &scope)
    let extents = scope.graph.shape(projected).extents.dropFirst().dropLast()
    let stateShape = Shape([batch] + extents + [memory.filters])
    var state = try initialState(inputs, stateShape, in: &scope.graph)
    var carried: CarriedStates.Taken?
    if memory.sequence.isStateful {
      let taken = try scope.carried.take(
        [stateShape, stateShape], Self.className, in: &scope.graph)
      if let values = taken.values, inputs.count == 1 { state = values }
      carried = taken
    }
    let factors = memory.stateFactors(stateShape, scope: &scope)
    let order = memory.sequence.goesBackwards ? Array((0..<steps).reversed()) : Array(0..<steps)
    var results: [Value] = []
    for step in order {
      let piece = scope.graph.part(projected, axis: 0, step * batch..<(step + 1) * batch)
      state = try memory.step(
        piece, state: state, recurrent: scope.variables[1], factors: factors, in: &scope.graph)
      results.append(state[0])
    }
    if let carried { scope.carried.keep(state, carried) }
    var result = state[0]
    if memory.sequence.returnsSequences {
      let timeMajor = scope.graph.reshape(
        scope.graph.concatenate(results, axis: 0),
        to: Shape([steps, batch] + stateShape.extents.dropFirst()))
      result = scope.graph.swappedFirstAxes(timeMajor)
    }
    return [result] + (memory.sequence.returnsState ? state : [])
  }

  private func initialState(
    _ inputs: [Value], _ shape: Shape, in graph: inout Graph
  ) throws -> [Value] {
    let given = Array(inputs.dropFirst())
    if given.isEmpty { return [graph.constant(0, shape: shape), graph.constant(0, shape: shape)] }
    guard given.map({ graph.shape($0) }) == [shape, shape] else {
      throw ShapeError(
        subject: Self.className,
        found: "an initial state of shapes "
          + given.map { graph.shape($0).description }.joined(separator: " and "),
        expected: "\(shape) and \(shape)")
    }
    return given
  }
}
