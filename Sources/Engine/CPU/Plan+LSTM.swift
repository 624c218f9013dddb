import CKernels
import Graphs
import Tensors

// Long short-term memories as instructions.
extension Plan {
  /// Appends all steps of a memory: its states, and what is kept for the way back if it is needed.
  func appendMemory(_ unit: Fusion.Unit) {
    let form = { (form: LSTMForm) in unit.nodes.first { flow.nodes[$0].operation == .lstm(form) } }
    let node = flow.nodes[unit.nodes[0]]
    let gates = form(.gates)
    guard let states = form(.states) else { preconditionFailure("gates of unknown states") }
    let source = flow.program.graph.shape(node.operands[0])
    list.append(
      dh_lstm(
        projected: operand(node, 0), kernel: operand(node, 1), initial: operand(node, 2),
        states: place(states).forKernels, gates: gates.map { place($0).forKernels } ?? dh_place(),
        flow: dh_place(), first_flow: 0, flow_count: 0, flow_has_memory: 0,
        steps: Int64(source[0]), batch: Int64(source[1]), units: Int64(source[2] / 4),
        keeps_gates: gates == nil ? 0 : 1, is_gradient: 0))
  }

  /// Appends the way back through all steps of a memory.
  func appendMemoryGradient(_ index: Int) {
    let node = flow.nodes[index]
    let states = flow.program.graph.shape(node.operands[1])
    let part = flow.outputFlow(to: index)
    list.append(
      dh_lstm(
        projected: place(index).forKernels, kernel: operand(node, 3), initial: dh_place(),
        states: operand(node, 1), gates: operand(node, 2),
        flow: part.map { place($0.source).forKernels } ?? operand(node, 0),
        first_flow: Int64(part?.first ?? 0), flow_count: Int64(part?.count ?? states[1]),
        flow_has_memory: part == nil ? 1 : 0, steps: Int64(states[1] - 1),
        batch: Int64(states[2]), units: Int64(states[3]), keeps_gates: 0, is_gradient: 1))
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
