import CKernels
import Graphs
import Tensors

// Recurrent cells as instructions.
extension Plan {
  /// Appends what a unit computes of a recurrent cell.
  func appendRecurrence(_ unit: Fusion.Unit) {
    if unit.nodes.contains(where: { fusion.isRecurrence($0, [.states, .gates]) }) {
      appendSteps(unit)
    } else {
      appendWayBack(unit)
    }
  }

  /// Appends all steps of a cell: its states, what is kept for the way back if it is needed, and the
  /// projection of its inputs if that is part of them.
  private func appendSteps(_ unit: Fusion.Unit) {
    guard let states = unit.nodes.first(where: { fusion.isRecurrence($0, [.states]) }),
      case .recurrence(let recurrence, _) = flow.nodes[states].operation
    else { preconditionFailure("gates of unknown states") }
    let node = flow.nodes[states]
    let source = flow.program.graph.shape(node.operands[0])
    var cell = dh_recurrence(recurrence)
    if let projection = fusion.projection(for: states) {
      let product = flow.nodes[projection.product]
      cell.input = operand(product, 0)
      cell.input_kernel = operand(product, 1)
      cell.inputs = Int64(flow.program.graph.shape(product.operands[1])[0])
      if let sum = projection.sum, let bias = fusion.bias(of: sum, addedTo: projection.product) {
        cell.bias = place(bias).forKernels
        cell.has_bias = 1
      }
    } else {
      cell.projected = operand(node, 0)
    }
    cell.kernel = operand(node, 1)
    cell.initial = operand(node, 2)
    if recurrence.hasStateBias { cell.state_bias = operand(node, 3) }
    setCounts(of: node, after: recurrence.hasStateBias ? 4 : 3, &cell)
    cell.states = place(states).forKernels
    if let gates = unit.nodes.first(where: { fusion.isRecurrence($0, [.gates]) }) {
      cell.gates = place(gates).forKernels
      cell.keeps_gates = 1
    }
    cell.steps = Int64(source[0])
    cell.batch = Int64(source[1])
    cell.units = Int64(source[2] / recurrence.gates)
    list.append(cell)
  }

  /// Appends the way back through all steps of a cell, with the gradients that follow from it.
  private func appendWayBack(_ unit: Fusion.Unit) {
    let flows = unit.nodes.filter { fusion.isRecurrence($0, RecurrenceForm.wayBack) }
    guard let index = flows.first,
      case .recurrence(let recurrence, _) = flow.nodes[index].operation
    else { preconditionFailure("a way back without a flow") }
    let node = flow.nodes[index]
    let states = flow.program.graph.shape(node.operands[1])
    let part = flow.outputFlow(to: index)
    var cell = dh_recurrence(recurrence)
    cell.is_gradient = 1
    cell.flow = part.map { place($0.source).forKernels } ?? operand(node, 0)
    cell.first_flow = Int64(part?.first ?? 0)
    cell.flow_count = Int64(part?.count ?? states[1])
    cell.flow_has_memory = part == nil && recurrence.stateCount > 1 ? 1 : 0
    cell.states = operand(node, 1)
    cell.gates = operand(node, 2)
    cell.kernel = operand(node, 3)
    setCounts(of: node, after: 4, &cell)
    cell.steps = Int64(states[1] - 1)
    cell.batch = Int64(states[2])
    cell.units = Int64(states[3])
    for index in flows where isStored(index) {
      if fusion.isRecurrence(index, [.gradient]) {
        cell.projected = place(index).forKernels
        cell.keeps_flow = 1
      } else if fusion.isRecurrence(index, [.stateGradient]) {
        cell.state_flow = place(index).forKernels
        cell.keeps_state_flow = 1
      }
    }
    if let found = fusion.gradients(from: flows) { setGradients(found, &cell) }
    list.append(cell)
  }

  private func setGradients(_ found: Fusion.RecurrentGradients, _ cell: inout dh_recurrence) {
    cell.adds_gradients = 1
    cell.kernel_gradient = place(found.kernel).forKernels
    if let inputKernel = found.inputKernel {
      cell.input = operand(flow.nodes[inputKernel], 0)
      cell.inputs = Int64(flow.nodes[inputKernel].shape[0])
      cell.input_kernel_gradient = place(inputKernel).forKernels
    }
    if let bias = found.bias {
      cell.bias_gradient = place(bias).forKernels
      cell.has_bias = 1
    }
    if let bias = found.stateBias {
      cell.state_bias_gradient = place(bias).forKernels
      cell.adds_state_bias = 1
    }
  }

  private func setCounts(of node: Node, after count: Int, _ cell: inout dh_recurrence) {
    guard node.operands.count > count else { return }
    cell.counts = operand(node, count)
    cell.has_counts = 1
  }

  private func operand(_ node: Node, _ number: Int) -> dh_place {
    place(flow.roots[node.operands[number].index]).forKernels
  }
}

extension dh_recurrence {
  /// All steps of a cell, of which nothing else is known yet.
  fileprivate init(_ recurrence: Recurrence) {
    self.init()
    let cell =
      switch recurrence {
      case .simple: DH_CELL_SIMPLE
      case .lstm: DH_CELL_LSTM
      case .gru: DH_CELL_GRU
      case .gruResetBefore: DH_CELL_GRU_RESET_BEFORE
      }
    self.cell = Int64(cell.rawValue)
  }
}

extension DataFlow {
  /// What flows to the way back through a cell if it is the gradient of some of its outputs alone,
  /// as nearly always: read as it is, it need not be filled up with zeros first.
  ///
  /// - Returns: The node, the state that it begins with, and how many there are.
  func outputFlow(to index: Int) -> (source: Int, first: Int, count: Int)? {
    let node = nodes[index]
    guard case .recurrence(let recurrence, let form) = node.operation,
      RecurrenceForm.wayBack.contains(form)
    else { return nil }
    let flow = nodes[roots[node.operands[0].index]]
    guard case .pad(let low, let high, let interior) = flow.operation,
      low.count == 4, low[0] == 0, high[0] == recurrence.stateCount - 1,
      interior.allSatisfy({ $0 == 0 }), low[2...].allSatisfy({ $0 == 0 }),
      high[2...].allSatisfy({ $0 == 0 })
    else { return nil }
    let source = flow.operands[0]
    return (roots[source.index], low[1], program.graph.shape(source)[1])
  }
}
