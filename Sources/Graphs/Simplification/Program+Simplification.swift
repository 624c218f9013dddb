import Tensors

extension Program {
  /// The same computation with less to do: what nothing asks for is left out, constants are folded,
  /// neutral operations vanish, and transposes melt into matrix products.
  ///
  /// Only rules that keep every NaN and infinity are applied: x × 0 stays, since it may be NaN.
  public func simplified() -> Program {
    var simplifier = Simplifier()
    let wanted = outputs + gradients.values + updates.values
    simplifier.rebuild(graph, wanted: wanted)
    var result = self
    result.graph = simplifier.graph
    result.outputs = outputs.map { simplifier[$0] }
    result.gradients = gradients.mapValues { simplifier[$0] }
    result.updates = updates.mapValues { simplifier[$0] }
    return result.withoutDeadCode()
  }

  /// Without the operations that no wanted value needs.
  private func withoutDeadCode() -> Program {
    var needed = [Bool](repeating: false, count: graph.nodes.count)
    for value in outputs + gradients.values + updates.values { needed[value.index] = true }
    for index in graph.nodes.indices.reversed() where needed[index] {
      for operand in graph.nodes[index].operands { needed[operand.index] = true }
    }
    var result = self
    result.graph = Graph()
    var moved = [Value](repeating: Value(index: -1), count: graph.nodes.count)
    for (index, node) in graph.nodes.enumerated() where needed[index] {
      moved[index] = result.graph.append(
        node.operation, node.operands.map { moved[$0.index] }, shape: node.shape)
    }
    result.outputs = outputs.map { moved[$0.index] }
    result.gradients = gradients.mapValues { moved[$0.index] }
    result.updates = updates.mapValues { moved[$0.index] }
    return result
  }
}
