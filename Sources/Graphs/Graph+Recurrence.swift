import Tensors

// Recurrent cells over whole sequences.
extension Graph {
  /// The states of a recurrent cell before the first and after each step: `[states, steps + 1, batch,
  /// units]`.
  ///
  /// - Parameters:
  ///   - recurrence: The cell.
  ///   - projected: `[steps, batch, gates · units]`
  ///   - kernel: `[units, gates · units]`
  ///   - initial: The state before the first step, `[states, batch, units]`.
  ///   - stateBias: `[gates · units]`, for cells that have one; `nil`: zeros.
  ///   - counts: `[steps, batch]`, 0 where a step leaves the state as it was; `nil`: all steps count.
  public mutating func recurrence(
    _ recurrence: Recurrence, _ projected: Value, kernel: Value, initial: Value,
    stateBias: Value? = nil, counts: Value? = nil
  ) -> Value {
    let (source, weights, start) = (shape(projected), shape(kernel), shape(initial))
    precondition(
      source.rank == 3 && weights == [source[2] / recurrence.gates, source[2]]
        && start == [recurrence.stateCount, source[1], weights[0]],
      "\(recurrence) of \(source) with \(weights) from \(start)")
    precondition(stateBias == nil || recurrence.hasStateBias, "\(recurrence) with a state's bias")
    var operands = [projected, kernel, initial]
    if recurrence.hasStateBias {
      let bias = stateBias ?? constant(0, shape: [source[2]])
      precondition(shape(bias) == [source[2]], "a bias \(shape(bias)) of \(source)")
      operands.append(bias)
    }
    if let counts {
      precondition(shape(counts).extents == Array(source.extents[..<2]), "counts of \(source)")
      operands.append(counts)
    }
    return append(
      .recurrence(recurrence, .states), operands,
      shape: [recurrence.stateCount, source[0] + 1, source[1], weights[0]])
  }

  /// The gradients of the operands of one of the forms.
  mutating func recurrenceGradients(
    _ g: Value, of x: [Value], _ recurrence: Recurrence, _ form: RecurrenceForm,
    result states: Value
  ) -> [Value?] {
    guard form == .states else { return writtenGradients(g, of: x, recurrence, form) }
    let projected = shape(x[0])
    let (steps, batch, width) = (projected[0], projected[1], projected[2])
    let units = width / recurrence.gates
    var gates = states
    if recurrence.keptCount > 0 {
      gates = append(
        .recurrence(recurrence, .gates), x, shape: [steps, batch, recurrence.keptCount * units])
    }
    let operands = [g, states, gates, x[1]] + x.dropFirst(recurrence.hasStateBias ? 4 : 3)
    func flow(_ form: RecurrenceForm, _ graph: inout Graph) -> Value {
      graph.append(
        .recurrence(recurrence, form), operands, shape: [steps + 1, batch, width])
    }
    let all = flow(.gradient, &self)
    let ofProjected = slice(all, starts: [1, 0, 0], sizes: projected.extents)
    var ofProduct = ofProjected
    if recurrence.hasStateBias {
      ofProduct = slice(
        flow(.stateGradient, &self), starts: [1, 0, 0], sizes: projected.extents)
    }
    let ofKernel: Value
    if recurrence == .gruResetBefore {
      ofKernel = append(
        .recurrence(recurrence, .kernelGradient), operands, shape: shape(x[1]))
    } else {
      // Σ over the steps of hᵀ₋₁ · ∂z, as one product.
      let before = slice(states, starts: [0, 0, 0, 0], sizes: [1, steps, batch, units])
      ofKernel = matrixProduct(
        reshape(before, to: [steps * batch, units]),
        reshape(ofProduct, to: [steps * batch, width]), transposeLeft: true)
    }
    let first = slice(
      all, starts: [0, 0, 0], sizes: [1, batch, recurrence.stateCount * units])
    let ofInitial = transpose(
      reshape(first, to: [batch, recurrence.stateCount, units]), [1, 0, 2])
    let ofBias = recurrence.hasStateBias ? [sum(ofProduct, axes: [0, 1])] : []
    // The counts, if there are any, have none.
    return [ofProjected, ofKernel, ofInitial] + ofBias
      + [Value?](repeating: nil, count: x.count - 3 - ofBias.count)
  }

  /// The gradients of what is itself part of a gradient: those of the same written out.
  private mutating func writtenGradients(
    _ g: Value, of x: [Value], _ recurrence: Recurrence, _ form: RecurrenceForm
  ) -> [Value?] {
    // Other names, at which the way back ends, though one operand may follow from another.
    let names = x.map { other(name: $0) }
    let result = writtenOut(recurrence, form, names)
    return gradients(of: sum(multiply(g, result)), withRespectTo: names)
  }
}
