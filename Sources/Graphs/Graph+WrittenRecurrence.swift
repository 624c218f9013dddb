import Tensors

// Recurrent cells in other operations, step by step.
extension Graph {
  /// One of the forms of a cell in other operations.
  package mutating func writtenOut(
    _ recurrence: Recurrence, _ form: RecurrenceForm, _ x: [Value]
  ) -> Value {
    switch form {
    case .states: writtenSteps(recurrence, x).states
    case .gates: writtenSteps(recurrence, x).gates
    case .gradient: writtenWayBack(recurrence, x).projected
    case .stateGradient: writtenWayBack(recurrence, x).product
    case .kernelGradient: writtenKernelGradient(recurrence, x)
    }
  }

  // MARK: The way forward

  private mutating func writtenSteps(
    _ recurrence: Recurrence, _ x: [Value]
  ) -> (states: Value, gates: Value) {
    let (steps, batch, units) = (shape(x[0])[0], shape(x[0])[1], shape(x[1])[0])
    let operands = recurrence.hasStateBias ? 4 : 3
    var state = (0..<recurrence.stateCount).map { row(x[2], $0) }
    var states = [state]
    var kept: [Value] = []
    for step in 0..<steps {
      let projected = row(x[0], step)
      var (next, gates): ([Value], [Value])
      switch recurrence {
      case .simple:
        let z = add(projected, matrixProduct(state[0], x[1]))
        (next, gates) = ([unary(.hyperbolicTangent, z)], [])
      case .lstm:
        let z = add(projected, matrixProduct(state[0], x[1]))
        (next, gates) = lstmStep(z, memory: state[1])
      case .gru:
        let product = add(matrixProduct(state[0], x[1]), x[3])
        (next, gates) = gruStep(projected, product, before: state[0])
      case .gruResetBefore:
        (next, gates) = resetBeforeStep(projected, kernel: x[1], before: state[0])
      }
      if x.count > operands {
        next = zip(next, state).map { chosen(where: counts(x[operands], step), $0, $1) }
      }
      state = next
      states.append(state)
      if !gates.isEmpty { kept.append(concatenate(gates, axis: 1)) }
    }
    let all = (0..<recurrence.stateCount).flatMap { number in states.map { $0[number] } }
    let joined = reshape(
      concatenate(all, axis: 0), to: [recurrence.stateCount, steps + 1, batch, units])
    guard !kept.isEmpty else { return (joined, joined) }
    return (
      joined,
      reshape(
        concatenate(kept, axis: 0), to: [steps, batch, recurrence.keptCount * units])
    )
  }

  private mutating func lstmStep(_ z: Value, memory: Value) -> ([Value], [Value]) {
    let z = blocks(z, 4)
    let (i, f) = (unary(.sigmoid, z[0]), unary(.sigmoid, z[1]))
    let (candidate, o) = (unary(.hyperbolicTangent, z[2]), unary(.sigmoid, z[3]))
    let c = add(multiply(f, memory), multiply(i, candidate))
    let activated = unary(.hyperbolicTangent, c)
    return ([multiply(o, activated), c], [i, f, candidate, o, activated])
  }

  private mutating func gruStep(
    _ projected: Value, _ product: Value, before: Value
  ) -> ([Value], [Value]) {
    let (x, u) = (blocks(projected, 3), blocks(product, 3))
    let (z, r) = (unary(.sigmoid, add(x[0], u[0])), unary(.sigmoid, add(x[1], u[1])))
    let candidate = unary(.hyperbolicTangent, add(x[2], multiply(r, u[2])))
    let rest = multiply(subtract(constant(1), z), candidate)
    return ([add(multiply(z, before), rest)], [z, r, candidate, u[2]])
  }

  private mutating func resetBeforeStep(
    _ projected: Value, kernel: Value, before: Value
  ) -> ([Value], [Value]) {
    let (x, kernels) = (blocks(projected, 3), blocks(kernel, 3))
    let z = unary(.sigmoid, add(x[0], matrixProduct(before, kernels[0])))
    let r = unary(.sigmoid, add(x[1], matrixProduct(before, kernels[1])))
    let product = matrixProduct(multiply(r, before), kernels[2])
    let candidate = unary(.hyperbolicTangent, add(x[2], product))
    let rest = multiply(subtract(constant(1), z), candidate)
    return ([add(multiply(z, before), rest)], [z, r, candidate])
  }

  // MARK: The way back

  private mutating func writtenWayBack(
    _ recurrence: Recurrence, _ x: [Value]
  ) -> (projected: Value, product: Value) {
    let (steps, batch, units) = (shape(x[1])[1] - 1, shape(x[1])[2], shape(x[1])[3])
    let width = recurrence.gates * units
    let numbers = 0..<recurrence.stateCount
    let (flow, states) = (numbers.map { row(x[0], $0) }, numbers.map { row(x[1], $0) })
    var of = flow.map { row($0, steps) }
    var (projected, product): ([Value], [Value]) = ([], [])
    for step in (0..<steps).reversed() {
      // What flows to the state before, but for the product.
      var (before, toX, toU): ([Value], [Value], [Value])
      switch recurrence {
      case .simple:
        toX = [multiply(of[0], slopeOfTangent(row(states[0], step + 1)))]
        (before, toU) = ([constant(0, shape: [batch, units])], toX)
      case .lstm:
        (before, toX) = lstmStepBack(
          of, blocks(row(x[2], step), 5), memory: row(states[1], step))
        toU = toX
      case .gru:
        (before, toX, toU) = gruStepBack(
          of[0], blocks(row(x[2], step), 4), before: row(states[0], step))
      case .gruResetBefore:
        (before, toX, toU) = resetBeforeStepBack(
          of[0], blocks(row(x[2], step), 3), kernel: x[3], before: row(states[0], step))
      }
      var (z, u) = (concatenate(toX, axis: 1), concatenate(toU, axis: 1))
      if x.count > 4 {
        let counting = counts(x[4], step)
        z = chosen(where: counting, z, constant(0, shape: shape(z)))
        u = chosen(where: counting, u, constant(0, shape: shape(u)))
        before = zip(before, of).map { chosen(where: counting, $0, $1) }
      }
      projected.append(z)
      product.append(u)
      of = zip(before, flow).map { add($0, row($1, step)) }
      // Where the reset comes first, the candidate's product is part of the step.
      let gates = shape(u)[1] / units
      let kernel =
        gates == recurrence.gates
        ? x[3] : slice(x[3], starts: [0, 0], sizes: [units, gates * units])
      of[0] = add(of[0], matrixProduct(u, kernel, transposeRight: true))
    }
    let rest = constant(0, shape: [batch, width - of.count * units])
    projected.append(concatenate(of + (width > of.count * units ? [rest] : []), axis: 1))
    let whole = reshape(
      concatenate(projected.reversed(), axis: 0), to: [steps + 1, batch, width])
    guard recurrence.hasStateBias else { return (whole, whole) }
    product.append(constant(0, shape: [batch, width]))
    return (
      whole, reshape(concatenate(product.reversed(), axis: 0), to: [steps + 1, batch, width])
    )
  }

  /// The gradient of the kernel where the reset gate comes before the product.
  private mutating func writtenKernelGradient(_ recurrence: Recurrence, _ x: [Value]) -> Value {
    let (steps, batch, units) = (shape(x[1])[1] - 1, shape(x[1])[2], shape(x[1])[3])
    let (rows, width) = (steps * batch, recurrence.gates * units)
    let all = reshape(writtenWayBack(recurrence, x).projected, to: [rows + batch, width])
    let flow = slice(all, starts: [batch, 0], sizes: [rows, width])
    let before = reshape(
      slice(x[1], starts: [0, 0, 0, 0], sizes: [1, steps, batch, units]), to: [rows, units])
    let reset = blocks(reshape(x[2], to: [rows, recurrence.keptCount * units]), 3)[1]
    let opened = slice(flow, starts: [0, 0], sizes: [rows, 2 * units])
    let candidates = slice(flow, starts: [0, 2 * units], sizes: [rows, units])
    return concatenate(
      [
        matrixProduct(before, opened, transposeLeft: true),
        matrixProduct(multiply(reset, before), candidates, transposeLeft: true),
      ], axis: 1)
  }

  private mutating func lstmStepBack(
    _ of: [Value], _ kept: [Value], memory: Value
  ) -> (before: [Value], flow: [Value]) {
    let (i, f, candidate, o, activated) = (kept[0], kept[1], kept[2], kept[3], kept[4])
    let ofC = add(of[1], multiply(multiply(of[0], o), slopeOfTangent(activated)))
    let flow = [
      multiply(multiply(ofC, candidate), slopeOfSigmoid(i)),
      multiply(multiply(ofC, memory), slopeOfSigmoid(f)),
      multiply(multiply(ofC, i), slopeOfTangent(candidate)),
      multiply(multiply(of[0], activated), slopeOfSigmoid(o)),
    ]
    return ([constant(0, shape: shape(i)), multiply(ofC, f)], flow)
  }

  private mutating func gruStepBack(
    _ of: Value, _ kept: [Value], before: Value
  ) -> (before: [Value], projected: [Value], product: [Value]) {
    let (z, r, candidate, inner) = (kept[0], kept[1], kept[2], kept[3])
    let toZ = multiply(multiply(of, subtract(before, candidate)), slopeOfSigmoid(z))
    let toC = multiply(
      multiply(of, subtract(constant(1), z)), slopeOfTangent(candidate))
    let toR = multiply(multiply(toC, inner), slopeOfSigmoid(r))
    return ([multiply(of, z)], [toZ, toR, toC], [toZ, toR, multiply(toC, r)])
  }

  private mutating func resetBeforeStepBack(
    _ of: Value, _ kept: [Value], kernel: Value, before: Value
  ) -> (before: [Value], projected: [Value], product: [Value]) {
    let (z, r, candidate) = (kept[0], kept[1], kept[2])
    let toZ = multiply(multiply(of, subtract(before, candidate)), slopeOfSigmoid(z))
    let toC = multiply(
      multiply(of, subtract(constant(1), z)), slopeOfTangent(candidate))
    let ofReset = matrixProduct(toC, blocks(kernel, 3)[2], transposeRight: true)
    let toR = multiply(multiply(ofReset, before), slopeOfSigmoid(r))
    return (
      [add(multiply(of, z), multiply(ofReset, r))], [toZ, toR, toC], [toZ, toR]
    )
  }

  // MARK: Pieces

  /// y · (1 − y)
  private mutating func slopeOfSigmoid(_ y: Value) -> Value {
    multiply(y, subtract(constant(1), y))
  }

  /// 1 − y²
  private mutating func slopeOfTangent(_ y: Value) -> Value {
    subtract(constant(1), unary(.square, y))
  }

  /// Which rows count at a step, as a column.
  private mutating func counts(_ all: Value, _ step: Int) -> Value {
    let batch = shape(all)[1]
    return reshape(row(all, step), to: [batch, 1])
  }

  /// One value in the rows that count, another in the others.
  private mutating func chosen(where counts: Value, _ value: Value, _ other: Value) -> Value {
    select(broadcast(counts, to: shape(value)), value, other)
  }

  /// One element along the first axis, which vanishes.
  private mutating func row(_ value: Value, _ index: Int) -> Value {
    let extents = shape(value).extents
    let starts = [index] + extents.dropFirst().map { _ in 0 }
    let part = slice(value, starts: starts, sizes: [1] + extents.dropFirst())
    return reshape(part, to: Shape(Array(extents.dropFirst())))
  }

  /// Equal blocks of columns.
  private mutating func blocks(_ value: Value, _ count: Int) -> [Value] {
    let (rows, width) = (shape(value)[0], shape(value)[1] / count)
    return (0..<count).map { slice(value, starts: [0, $0 * width], sizes: [rows, width]) }
  }
}

extension Program {
  /// The same with every recurrent cell written out step by step.
  package func withRecurrencesWrittenOut() -> Program {
    var result = self
    result.graph = Graph()
    var moved: [Value] = []
    for node in graph.nodes {
      let operands = node.operands.map { moved[$0.index] }
      if case .recurrence(let recurrence, let form) = node.operation {
        moved.append(result.graph.writtenOut(recurrence, form, operands))
      } else {
        moved.append(result.graph.append(node.operation, operands, shape: node.shape))
      }
    }
    result.outputs = outputs.map { moved[$0.index] }
    result.gradients = gradients.mapValues { moved[$0.index] }
    result.updates = updates.mapValues { moved[$0.index] }
    return result
  }
}
