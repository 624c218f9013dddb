package import Graphs
package import Tensors

/// A layer that takes a sequence `[batch, steps, features]` step by step.
///
/// Its results are `[batch, units]`, or with `return_sequences` `[batch, steps, units]`; then, with
/// `return_state`, the last state of each cell. Steps that a mask hides leave the state as it was.
package protocol RecurrentLayer: Layer {
  /// The cells, each fed by the one before.
  var cells: [any RecurrentCell] { get }
  /// Where in the layer's group of weights each cell's variables are.
  var places: [String] { get }
  /// The arguments.
  var arguments: RecurrentArguments { get }
}

extension RecurrentLayer {
  package static var inputNames: [String] { ["sequences", "initial_state"] }
  package var innerGroups: [String] { ["cell"] + places.filter { $0 != "cell" } }

  /// How many features a step of each cell has.
  private func extents(_ input: Shape) -> [Int] {
    [input[-1]] + cells.dropLast().map(\.arguments.units)
  }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try sequence(inputs)
    return zip(zip(cells, places), extents(input)).flatMap { cell, extent in
      cell.0.variables(inputExtent: extent).map { variable in
        cell.1.split(separator: "/").reversed().reduce(variable) {
          $0.within(String($1), isNamed: cells.count > 1 && $1 != "cell" && $1 != "cells")
        }
      }
    }
  }

  private func sequence(_ inputs: [Shape]) throws -> Shape {
    guard let input = inputs.first, input.rank == 3 else {
      throw ShapeError(
        subject: Self.className,
        found: "input of shape \(inputs.first.map(\.description) ?? "()")",
        expected: "three axes: batch, steps and features")
    }
    try RecurrentArguments.check(input[1], atMost: longestSequence, in: Self.className)
    return input
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try outputs(inputs, scope: &scope)[0]
  }

  package func outputs(_ inputs: [Value], scope: inout LayerScope) throws -> [Value] {
    try outputs(
      inputs, zeroesMasked: arguments.zeroesMasked, turnsAround: false, scope: &scope)
  }

  /// What the layer computes as part of another one.
  ///
  /// - Parameters:
  ///   - zeroesMasked: Whether steps that do not count give 0, unless the layer is unrolled.
  ///   - turnsAround: Whether the outputs of all steps come in the opposite order.
  func outputs(
    _ inputs: [Value], zeroesMasked: Bool, turnsAround: Bool, scope: inout LayerScope
  ) throws -> [Value] {
    let shape = try sequence(inputs.map { scope.graph.shape($0) })
    let (batch, steps) = (shape[0], shape[1])
    let (initial, carried) = try initialStates(inputs, batch: batch, scope: &scope)
    let mask = try stepMask(shape, scope: scope)
    // Step by step in memory, so that each step is one piece.
    var rows = scope.graph.reshape(
      scope.graph.swappedFirstAxes(inputs[0]), to: [steps * batch, shape[2]])
    let order = arguments.goesBackwards ? Array((0..<steps).reversed()) : Array(0..<steps)
    let hidden: HiddenOutput = zeroesMasked && !arguments.isUnrolled ? .zero : .before
    let all = scope.variables
    var (used, states) = (0, [Value]())
    var outputs = RecurrentOutputs.stepByStep([])
    for (number, cell) in cells.enumerated() {
      let isLast = number == cells.count - 1
      let count = cell.variables(inputExtent: 1).count
      let run = try run(
        cell, rows, batch: batch, order: order, mask: mask, initial: initial[number],
        variables: Array(all[used..<used + count]),
        hidden: isLast ? hidden : .asComputed, scope: &scope)
      used += count
      states += run.state
      outputs = run.outputs
      guard !isLast else { break }
      rows = outputs.joined(turnsAround: arguments.goesBackwards, in: &scope.graph)
    }
    if let carried { scope.carried.keep(states, carried) }
    let result: Value
    if arguments.returnsSequences {
      let rows = outputs.joined(turnsAround: turnsAround, in: &scope.graph)
      let timeMajor = scope.graph.reshape(
        rows, to: [steps, batch, scope.graph.shape(rows)[-1]])
      result = scope.graph.swappedFirstAxes(timeMajor)
    } else {
      result = outputs.last(in: &scope.graph)
    }
    return [result] + (arguments.returnsState ? states : [])
  }

  package func resultMasks(
    _ inputs: [Value], masks: [Value?], scope: inout LayerScope
  ) throws -> [Value?] {
    arguments.returnsSequences ? [masks.first ?? nil] : []
  }

  // MARK: Steps

  private func run(
    _ cell: any RecurrentCell, _ rows: Value, batch: Int, order: [Int], mask: Value?,
    initial: [Value], variables: [Value], hidden: HiddenOutput, scope: inout LayerScope
  ) throws -> (outputs: RecurrentOutputs, state: [Value]) {
    if let recurrence = recurrence(of: cell, hidden, isMasked: mask != nil, scope: scope) {
      return runTogether(
        recurrence, cell, rows, batch: batch, order: order, mask: mask, initial: initial,
        variables: variables, hidden: hidden, scope: &scope)
    }
    let projected = cell.project(rows, batch: batch, variables: variables, scope: &scope)
    let factors = cell.arguments.stateFactors(
      batch: batch, gates: type(of: cell).gates, scope: &scope)
    var state = initial
    var outputs: [Value] = []
    for step in order {
      let piece = scope.graph.part(projected, axis: 0, step * batch..<(step + 1) * batch)
      var next = try cell.step(
        piece, state: state, variables: variables, factors: factors, in: &scope.graph)
      var output = next[0]
      if let mask {
        let counts = scope.graph.part(mask, axis: 1, step..<step + 1)
        let before =
          arguments.isUnrolled
          ? outputs.last ?? scope.graph.constant(0, shape: scope.graph.shape(output)) : state[0]
        switch hidden {
        case .asComputed: break
        case .zero: output = scope.graph.select(counts, output, scope.graph.constant(0))
        case .before: output = scope.graph.select(counts, output, before)
        }
        next = zip(next, state).map { scope.graph.select(counts, $0, $1) }
      }
      outputs.append(output)
      state = next
    }
    return (.stepByStep(outputs), state)
  }

  /// The operation that computes all steps of a cell as they are wanted here, if there is one.
  private func recurrence(
    of cell: any RecurrentCell, _ hidden: HiddenOutput, isMasked: Bool, scope: LayerScope
  ) -> Recurrence? {
    if cell.arguments.dropsState(scope: scope) { return nil }
    // The operation's outputs are its states, so what does not count is the output before.
    if isMasked, hidden == .asComputed || arguments.isUnrolled { return nil }
    return cell.recurrence
  }

  private func runTogether(
    _ recurrence: Recurrence, _ cell: any RecurrentCell, _ rows: Value, batch: Int, order: [Int],
    mask: Value?, initial: [Value], variables: [Value], hidden: HiddenOutput,
    scope: inout LayerScope
  ) -> (outputs: RecurrentOutputs, state: [Value]) {
    let extent = scope.graph.shape(rows)[-1]
    var inOrder = rows
    if arguments.goesBackwards {
      let steps = scope.graph.reshape(rows, to: [order.count, batch, extent])
      inOrder = scope.graph.reshape(
        scope.graph.reversed(steps, axes: [0]), to: [order.count * batch, extent])
    }
    let projected = cell.project(inOrder, batch: batch, variables: variables, scope: &scope)
    let all = scope.graph.reshape(
      projected, to: [order.count, batch, scope.graph.shape(projected)[-1]])
    let counts = mask.map { mask -> Value in
      let timeMajor = scope.graph.transpose(mask, [1, 0])
      return arguments.goesBackwards ? scope.graph.reversed(timeMajor, axes: [0]) : timeMajor
    }
    let found = cell.sequence(
      recurrence, all, state: initial, counts: counts, variables: variables, in: &scope.graph)
    guard hidden == .zero, let counts else { return (.together(found.outputs), found.state) }
    let each = scope.graph.reshape(counts, to: [order.count, batch, 1])
    let outputs = scope.graph.select(each, found.outputs, scope.graph.constant(0))
    return (.together(outputs), found.state)
  }

  /// Which steps count, `[batch, steps]`; `nil`: all.
  private func stepMask(_ shape: Shape, scope: LayerScope) throws -> Value? {
    guard let mask = scope.masks.first ?? nil else { return nil }
    guard scope.graph.shape(mask) == [shape[0], shape[1]] else {
      throw ShapeError(
        subject: Self.className, found: "a mask of shape \(scope.graph.shape(mask))",
        expected: "the batch and the steps of an input of shape \(shape)")
    }
    return mask
  }

  private func initialStates(
    _ inputs: [Value], batch: Int, scope: inout LayerScope
  ) throws -> (states: [[Value]], carried: CarriedStates.Taken?) {
    let sizes = cells.map { cell in
      [Int](repeating: cell.arguments.units, count: type(of: cell).stateCount)
    }
    let given = Array(inputs.dropFirst())
    let flat = sizes.flatMap(\.self)
    guard given.isEmpty || given.map({ scope.graph.shape($0) }) == flat.map({ [batch, $0] }) else {
      let shapes = given.map { scope.graph.shape($0).description }.joined(separator: " and ")
      throw ShapeError(
        subject: Self.className, found: "an initial state of shapes \(shapes)",
        expected: flat.map { "(\(batch), \($0))" }.joined(separator: " and "))
    }
    var carried: CarriedStates.Taken?
    if arguments.isStateful {
      carried = try scope.carried.take(
        flat.map { [batch, $0] }, Self.className, in: &scope.graph)
    }
    let before = given.isEmpty ? carried?.values : given
    var next = 0
    let states = sizes.map { sizes in
      sizes.map { size in
        defer { next += 1 }
        return before?[next] ?? scope.graph.constant(0, shape: [batch, size])
      }
    }
    return (states, carried)
  }
}

/// How many steps a sequence may have. Every step is a part of the graph of its own, some twenty
/// operations forwards and backwards; with more, building it takes longer than a user waits.
private let longestSequence = 2000

/// The outputs of all steps in the order in which they were computed.
private enum RecurrentOutputs {
  /// `[batch, units]` for each step.
  case stepByStep([Value])
  /// `[steps, batch, units]`
  case together(Value)

  /// One step above the other: `[steps · batch, units]`.
  func joined(turnsAround: Bool, in graph: inout Graph) -> Value {
    switch self {
    case .stepByStep(let outputs):
      return graph.concatenate(turnsAround ? outputs.reversed() : outputs, axis: 0)
    case .together(let outputs):
      let shape = graph.shape(outputs)
      let inOrder = turnsAround ? graph.reversed(outputs, axes: [0]) : outputs
      return graph.reshape(inOrder, to: [shape[0] * shape[1], shape[2]])
    }
  }

  /// The output of the last step.
  func last(in graph: inout Graph) -> Value {
    switch self {
    case .stepByStep(let outputs):
      return outputs[outputs.count - 1]
    case .together(let outputs):
      let steps = graph.shape(outputs)[0]
      return graph.element(outputs, axis: 0, steps - 1)
    }
  }
}

/// What the output of a step that does not count is.
private enum HiddenOutput {
  case asComputed, zero, before
}
