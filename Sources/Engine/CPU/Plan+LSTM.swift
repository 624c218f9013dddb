import CKernels
import Graphs
import Tensors

// Long short-term memories as instructions.
extension Plan {
  /// Appends all steps of a memory: its states, what is kept for the way back if it is needed, and the
  /// projection of its inputs if that is part of them.
  func appendMemory(_ unit: Fusion.Unit) {
    let form = { (form: LSTMForm) in unit.nodes.first { flow.nodes[$0].operation == .lstm(form) } }
    let gates = form(.gates)
    guard let states = form(.states) else { preconditionFailure("gates of unknown states") }
    let node = flow.nodes[states]
    let source = flow.program.graph.shape(node.operands[0])
    var memory = dh_lstm()
    if let projection = fusion.projection(for: states) {
      let product = flow.nodes[projection.product]
      memory.input = operand(product, 0)
      memory.input_kernel = operand(product, 1)
      memory.inputs = Int64(flow.program.graph.shape(product.operands[1])[0])
      if let sum = projection.sum, let bias = fusion.bias(of: sum, addedTo: projection.product) {
        memory.bias = place(bias).forKernels
        memory.has_bias = 1
      }
    } else {
      memory.projected = operand(node, 0)
    }
    memory.kernel = operand(node, 1)
    memory.initial = operand(node, 2)
    memory.states = place(states).forKernels
    if let gates {
      memory.gates = place(gates).forKernels
      memory.keeps_gates = 1
    }
    memory.steps = Int64(source[0])
    memory.batch = Int64(source[1])
    memory.units = Int64(source[2] / 4)
    list.append(memory)
  }

  /// Appends the way back through all steps of a memory, with the gradients that follow from it.
  func appendMemoryGradient(_ index: Int) {
    let node = flow.nodes[index]
    let states = flow.program.graph.shape(node.operands[1])
    let part = flow.outputFlow(to: index)
    var memory = dh_lstm()
    memory.is_gradient = 1
    memory.flow = part.map { place($0.source).forKernels } ?? operand(node, 0)
    memory.first_flow = Int64(part?.first ?? 0)
    memory.flow_count = Int64(part?.count ?? states[1])
    memory.flow_has_memory = part == nil ? 1 : 0
    memory.states = operand(node, 1)
    memory.gates = operand(node, 2)
    memory.kernel = operand(node, 3)
    memory.steps = Int64(states[1] - 1)
    memory.batch = Int64(states[2])
    memory.units = Int64(states[3])
    if isStored(index) {
      memory.projected = place(index).forKernels
      memory.keeps_flow = 1
    }
    if let found = fusion.gradients(from: index) {
      memory.adds_gradients = 1
      memory.kernel_gradient = place(found.kernel).forKernels
      if let inputKernel = found.inputKernel {
        memory.input = operand(flow.nodes[inputKernel], 0)
        memory.inputs = Int64(flow.nodes[inputKernel].shape[0])
        memory.input_kernel_gradient = place(inputKernel).forKernels
      }
      if let bias = found.bias {
        memory.bias_gradient = place(bias).forKernels
        memory.has_bias = 1
      }
    }
    list.append(memory)
  }

  /// Whether a node is what the steps of a memory result in.
  func isMemory(_ index: Int) -> Bool {
    switch flow.nodes[index].operation {
    case .lstm(.states), .lstm(.gates): true
    default: false
    }
  }

  private func operand(_ node: Node, _ number: Int) -> dh_place {
    place(flow.roots[node.operands[number].index]).forKernels
  }
}

extension DataFlow {
  /// What flows to the way back through a memory if it is the gradient of some of its outputs alone,
  /// as nearly always: read as it is, it need not be filled up with zeros first.
  ///
  /// - Returns: The node, the state that it begins with, and how many there are.
  func outputFlow(to index: Int) -> (source: Int, first: Int, count: Int)? {
    let node = nodes[index]
    guard node.operation == .lstm(.gradient) else { return nil }
    let flow = nodes[roots[node.operands[0].index]]
    guard case .pad(let low, let high, let interior) = flow.operation,
      low.count == 4, low[0] == 0, high[0] == 1, interior.allSatisfy({ $0 == 0 }),
      low[2...].allSatisfy({ $0 == 0 }), high[2...].allSatisfy({ $0 == 0 })
    else { return nil }
    let source = flow.operands[0]
    return (roots[source.index], low[1], program.graph.shape(source)[1])
  }
}
