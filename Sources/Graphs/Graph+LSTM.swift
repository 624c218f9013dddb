import Tensors

// Long short-term memory over whole sequences, and the same written out step by step.
extension Graph {
  /// The states h and c of a long short-term memory before the first and after each step.
  ///
  /// `[2, steps + 1, batch, units]` from `projected [steps, batch, 4 · units]`, `kernel [units,
  /// 4 · units]` and the initial states `[2, batch, units]`. The formula is that of ``LSTMForm``.
  public mutating func lstm(_ projected: Value, kernel: Value, initial: Value) -> Value {
    let (source, weights, start) = (shape(projected), shape(kernel), shape(initial))
    precondition(
      source.rank == 3 && weights == [source[2] / 4, source[2]]
        && start == [2, source[1], weights[0]],
      "memory of \(source) with \(weights) from \(start)")
    return append(
      .lstm(.states), [projected, kernel, initial],
      shape: [2, source[0] + 1, source[1], weights[0]])
  }

  /// The gradients of the operands of one of the forms.
  mutating func lstmGradients(
    _ g: Value, of x: [Value], _ form: LSTMForm, result states: Value
  ) -> [Value?] {
    guard form == .states else { return writtenGradients(g, of: x, form) }
    let projected = shape(x[0])
    let (steps, batch, width) = (projected[0], projected[1], projected[2])
    let units = width / 4
    let gates = append(.lstm(.gates), x, shape: [steps, batch, 5 * units])
    let flow = append(
      .lstm(.gradient), [g, states, gates, x[1]], shape: [steps + 1, batch, width])
    let ofProjected = slice(flow, starts: [1, 0, 0], sizes: projected.extents)
    // Σ over the steps of hᵀ₋₁ · ∂z, as one product.
    let before = slice(states, starts: [0, 0, 0, 0], sizes: [1, steps, batch, units])
    let ofKernel = matrixProduct(
      reshape(before, to: [steps * batch, units]),
      reshape(ofProjected, to: [steps * batch, width]), transposeLeft: true)
    let first = slice(flow, starts: [0, 0, 0], sizes: [1, batch, 2 * units])
    let ofInitial = transpose(reshape(first, to: [batch, 2, units]), [1, 0, 2])
    return [ofProjected, ofKernel, ofInitial]
  }

  /// The gradients of what is itself part of a gradient: those of the same written out.
  private mutating func writtenGradients(
    _ g: Value, of x: [Value], _ form: LSTMForm
  ) -> [Value?] {
    // Other names, at which the way back ends, though one operand may follow from another.
    let names = x.map { other(name: $0) }
    let result = writtenOut(form, names)
    return gradients(of: sum(multiply(g, result)), withRespectTo: names)
  }

  // MARK: Written out

  /// One of the forms in other operations, step by step.
  package mutating func writtenOut(_ form: LSTMForm, _ x: [Value]) -> Value {
    switch form {
    case .states: writtenSteps(x).states
    case .gates: writtenSteps(x).gates
    case .gradient: writtenWayBack(x)
    }
  }

  private mutating func writtenSteps(_ x: [Value]) -> (states: Value, gates: Value) {
    let (steps, batch, units) = (shape(x[0])[0], shape(x[0])[1], shape(x[1])[0])
    var (h, c) = (row(x[2], 0), row(x[2], 1))
    var (outputs, memories, gates) = ([h], [c], [Value]())
    for step in 0..<steps {
      let z = blocks(add(row(x[0], step), matrixProduct(h, x[1])), 4)
      let (i, f) = (unary(.sigmoid, z[0]), unary(.sigmoid, z[1]))
      let (candidate, o) = (unary(.hyperbolicTangent, z[2]), unary(.sigmoid, z[3]))
      c = add(multiply(f, c), multiply(i, candidate))
      let activated = unary(.hyperbolicTangent, c)
      h = multiply(o, activated)
      outputs.append(h)
      memories.append(c)
      gates.append(concatenate([i, f, candidate, o, activated], axis: 1))
    }
    let states = concatenate(outputs + memories, axis: 0)
    return (
      reshape(states, to: [2, steps + 1, batch, units]),
      reshape(concatenate(gates, axis: 0), to: [steps, batch, 5 * units])
    )
  }

  private mutating func writtenWayBack(_ x: [Value]) -> Value {
    let (steps, batch, units) = (shape(x[1])[1] - 1, shape(x[1])[2], shape(x[1])[3])
    let (flow, memories) = ([row(x[0], 0), row(x[0], 1)], row(x[1], 1))
    var (ofH, ofC) = (row(flow[0], steps), row(flow[1], steps))
    var results: [Value] = []
    for step in (0..<steps).reversed() {
      let kept = blocks(row(x[2], step), 5)
      let (i, f, candidate, o, activated) = (kept[0], kept[1], kept[2], kept[3], kept[4])
      ofC = add(ofC, multiply(multiply(ofH, o), slopeOfTangent(activated)))
      let parts = [
        multiply(multiply(ofC, candidate), slopeOfSigmoid(i)),
        multiply(multiply(ofC, row(memories, step)), slopeOfSigmoid(f)),
        multiply(multiply(ofC, i), slopeOfTangent(candidate)),
        multiply(multiply(ofH, activated), slopeOfSigmoid(o)),
      ]
      let z = concatenate(parts, axis: 1)
      results.append(z)
      ofH = add(matrixProduct(z, x[3], transposeRight: true), row(flow[0], step))
      ofC = add(multiply(ofC, f), row(flow[1], step))
    }
    let rest = constant(0, shape: [batch, 2 * units])
    results.append(concatenate([ofH, ofC, rest], axis: 1))
    return reshape(
      concatenate(results.reversed(), axis: 0), to: [steps + 1, batch, 4 * units])
  }

  /// y · (1 − y)
  private mutating func slopeOfSigmoid(_ y: Value) -> Value {
    multiply(y, subtract(constant(1), y))
  }

  /// 1 − y²
  private mutating func slopeOfTangent(_ y: Value) -> Value {
    subtract(constant(1), unary(.square, y))
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
  /// The same with every long short-term memory written out step by step.
  package func withLSTMsWrittenOut() -> Program {
    var result = self
    result.graph = Graph()
    var moved: [Value] = []
    for node in graph.nodes {
      let operands = node.operands.map { moved[$0.index] }
      if case .lstm(let form) = node.operation {
        moved.append(result.graph.writtenOut(form, operands))
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
