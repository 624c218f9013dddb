import Graphs
import Tensors

// What is computed together with the steps of a recurrent cell: the projection of its inputs, and on
// the way back the gradients of its kernels and its biases.
extension Fusion {
  /// Numbers in both kernels of a cell whose inputs are projected, and whose kernels' gradients are
  /// summed up, within its steps: 512 KiB. Both are read once a step, so they must stay in the second
  /// cache.
  private static let largestKernels = 1 << 17

  /// The product, and the addition of a bias, from which the steps of a cell start.
  struct Projection {
    var product: Int
    var sum: Int?
  }

  /// The nodes that follow from what flows back to the steps of a cell.
  struct RecurrentGradients {
    /// The flows without what stands before the first step.
    var flows: [Int]
    var kernel: Int
    var inputKernel: Int?
    var bias: Int?
    var stateBias: Int?
    var nodes: [Int] { flows + [kernel] + [inputKernel, bias, stateBias].compactMap(\.self) }
  }

  /// Lets the states of a cell, what is kept for the way back and the projection of the inputs come
  /// from one instruction, and so the gradients.
  mutating func joinRecurrences() {
    var (forwards, backwards): ([[Value]: Int], [[Value]: Int]) = ([:], [:])
    for (index, node) in flow.nodes.enumerated() where flow.isNeeded[index] {
      guard case .recurrence(let recurrence, let form) = node.operation else { continue }
      switch form {
      case .states, .gates:
        if let number = forwards[node.operands] {
          join(index, to: number)
        } else {
          let number = open(index)
          forwards[node.operands] = number
          guard let found = projection(for: index) else { continue }
          for part in [found.product, found.sum].compactMap(\.self) { join(part, to: number) }
        }
      case .gradient, .stateGradient, .kernelGradient:
        if let number = backwards[node.operands] {
          join(index, to: number)
        } else {
          backwards[node.operands] = open(index)
        }
        // All that follows from the operands is in the unit by then: it stands together.
        guard form == recurrence.lastForm, let number = backwards[node.operands],
          let found = gradients(from: units[number].nodes)
        else { continue }
        for part in found.nodes where unit[part] == nil { join(part, to: number) }
      }
    }
  }

  /// How the inputs of a cell are projected if nothing else needs the result.
  func projection(for recurrence: Int) -> Projection? {
    let node = flow.nodes[recurrence]
    let projected = flow.roots[node.operands[0].index]
    let isOnlyRead = flow.readers[projected].allSatisfy { reader in
      isRecurrence(reader, [.states, .gates]) && flow.nodes[reader].operands == node.operands
    }
    guard isOnlyRead, !flow.wanted.contains(projected) else { return nil }
    if isProjection(projected, for: recurrence) { return Projection(product: projected) }
    for case .full(let product) in flow.accesses[projected] ?? []
    where isProjection(product, for: recurrence) && bias(of: projected, addedTo: product) != nil
      && flow.readers[product] == [projected] && !flow.wanted.contains(product)
    {
      return Projection(product: product, sum: projected)
    }
    return nil
  }

  /// Whether a node is one of some forms of a recurrent cell.
  func isRecurrence(_ index: Int, _ forms: Set<RecurrenceForm>) -> Bool {
    guard case .recurrence(_, let form) = flow.nodes[index].operation else { return false }
    return forms.contains(form)
  }

  private func isProjection(_ product: Int, for recurrence: Int) -> Bool {
    let node = flow.nodes[product]
    guard node.operation == .matrixProduct(transposeLeft: false, transposeRight: false),
      node.shape.rank == 2
    else { return false }
    return isSmall(inputs: shape(node.operands[1])[0], kernel: flow.nodes[recurrence].operands[1])
  }

  private func isSmall(inputs: Int, kernel: Value) -> Bool {
    let extents = shape(kernel).extents
    return inputs > 0 && (inputs + extents[0]) * extents[1] <= Self.largestKernels
  }

  /// The gradients of kernels and biases that follow from what flows back through a cell.
  ///
  /// - Parameter nodes: What is computed by one instruction, with both flows if the cell has two.
  func gradients(from nodes: [Int]) -> RecurrentGradients? {
    guard let first = nodes.first(where: { isRecurrence($0, RecurrenceForm.wayBack) }),
      case .recurrence(let recurrence, _) = flow.nodes[first].operation
    else { return nil }
    func part(_ form: RecurrenceForm) -> Int? { nodes.first { isRecurrence($0, [form]) } }
    let steps = part(.gradient).flatMap { stepsOnly($0) }
    var found: RecurrentGradients
    if let kernel = part(.kernelGradient) {
      found = RecurrentGradients(flows: [steps].compactMap(\.self), kernel: kernel)
    } else {
      let toProduct = part(.stateGradient).flatMap { stepsOnly($0) }
      guard isSmall(inputs: 1, kernel: flow.nodes[first].operands[3]),
        let product = recurrence.hasStateBias ? toProduct : steps,
        let kernel = products(with: product).first(where: {
          isOutputsBefore(left(of: $0), in: first)
        })
      else { return nil }
      found = RecurrentGradients(
        flows: Set([product, steps].compactMap(\.self)).sorted(), kernel: kernel)
      if recurrence.hasStateBias { found.stateBias = sumOfRows(product) }
    }
    guard let steps else { return found }
    let kernel = found.kernel
    found.inputKernel = products(with: steps).first {
      $0 != kernel && left(of: $0) < first
        && isSmall(inputs: flow.nodes[$0].shape[0], kernel: flow.nodes[first].operands[3])
    }
    found.bias = sumOfRows(steps)
    return found
  }

  /// The part of a flow without what stands before the first step, if that is all that is read of
  /// it but for what stands there.
  private func stepsOnly(_ flowing: Int) -> Int? {
    let extents = flow.nodes[flowing].shape.extents
    let slices = flow.readers[flowing].filter {
      flow.nodes[$0].operation == .slice(starts: [1, 0, 0], strides: [1, 1, 1])
        && flow.nodes[$0].shape.extents == [extents[0] - 1, extents[1], extents[2]]
    }
    guard slices.count == 1, !flow.wanted.contains(flowing), !flow.wanted.contains(slices[0])
    else { return nil }
    return slices[0]
  }

  private func left(of product: Int) -> Int { flow.roots[flow.nodes[product].operands[0].index] }

  /// The products of something transposed with a flow.
  private func products(with flowing: Int) -> [Int] {
    flow.readers[flowing].filter { product in
      let node = flow.nodes[product]
      return node.operation == .matrixProduct(transposeLeft: true, transposeRight: false)
        && node.shape.rank == 2 && node.shape[1] == flow.nodes[flowing].shape[2]
        && flow.roots[node.operands[1].index] == flowing && left(of: product) != flowing
    }
  }

  /// Whether a node is the outputs before each step.
  private func isOutputsBefore(_ index: Int, in recurrence: Int) -> Bool {
    let node = flow.nodes[index]
    let states = flow.nodes[recurrence].operands[1]
    let extents = shape(states).extents
    return node.operation == .slice(starts: [0, 0, 0, 0], strides: [1, 1, 1, 1])
      && flow.roots[node.operands[0].index] == flow.roots[states.index]
      && shape(node.operands[0]) == shape(states)
      && node.shape.extents == [1, extents[1] - 1, extents[2], extents[3]]
  }

  /// The sums of a flow's columns over all steps and rows.
  private func sumOfRows(_ flowing: Int) -> Int? {
    flow.readers[flowing].first { index in
      guard case .reduce(.sum, let axes) = flow.nodes[index].operation else { return false }
      let source = shape(flow.nodes[index].operands[0])
      return source[-1] == flow.nodes[flowing].shape[2]
        && axes.sorted() == Array(0..<source.rank - 1)
    }
  }

  private func shape(_ value: Value) -> Shape { flow.program.graph.shape(value) }
}

extension RecurrenceForm {
  /// What is computed on the way back.
  static let wayBack: Set<RecurrenceForm> = [.gradient, .stateGradient, .kernelGradient]
}

extension Recurrence {
  /// The last of the forms in which a graph asks for the way back.
  fileprivate var lastForm: RecurrenceForm {
    switch self {
    case .simple, .lstm: .gradient
    case .gru: .stateGradient
    case .gruResetBefore: .kernelGradient
    }
  }
}
