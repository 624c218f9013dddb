import Tensors

/// The gradient of a table as what flows back to the rows that were looked up, without an array of
/// the table's size.
public struct RowGradient: Hashable, Sendable {
  /// The numbers of the rows, one for each lookup.
  public let numbers: Value
  /// What flows back: a row for each lookup, or for each `repeats` lookups that follow each other.
  public let values: Value
  /// How many lookups in a row share what flows back, as in a mean over steps.
  public let repeats: Int
}

extension Program {
  /// The gradient of a parameter by rows, if lookups alone read the parameter.
  ///
  /// - Returns: One for each time that the graph looks rows up; the gradient is the sum of all.
  ///   `nil` if anything else reads the parameter or makes up its gradient.
  public func rowGradients(ofParameter number: Int) -> [RowGradient]? {
    guard let gradient = gradients[number] else { return nil }
    for node in graph.nodes {
      for (position, operand) in node.operands.enumerated()
      where graph.operation(operand) == .parameter(number) {
        guard node.operation == .gather, position == 0 else { return nil }
      }
    }
    if outputs.contains(where: { graph.operation($0) == .parameter(number) }) { return nil }
    if updates[number] != nil { return nil }
    var found: [RowGradient] = []
    var waiting = [gradient]
    while let value = waiting.popLast() {
      let node = graph.nodes[value.index]
      switch node.operation {
      case .binary(.add): waiting += node.operands.reversed()
      case .scatterAdd: found.append(rowGradient(node.operands[0], at: node.operands[1]))
      default: return nil
      }
    }
    return found
  }

  /// Looks through what only repeats the rows of a smaller array.
  private func rowGradient(_ values: Value, at numbers: Value) -> RowGradient {
    let width = graph.shape(values)[-1]
    var source = values
    while case .reshape = graph.operation(source) { source = graph.nodes[source.index].operands[0] }
    let whole = RowGradient(numbers: numbers, values: values, repeats: 1)
    guard case .broadcast = graph.operation(source), graph.shape(source)[-1] == width else {
      return whole
    }
    // First axes that stay as they are, then such that are repeated, and last the row itself.
    let operand = graph.nodes[source.index].operands[0]
    let axes = zip(graph.shape(operand).extents, graph.shape(source).extents)
      .dropLast().filter { $1 != 1 }
    let kept = axes.prefix { $0 == $1 }
    guard graph.shape(operand)[-1] == width, axes[kept.endIndex...].allSatisfy({ $0.0 == 1 })
    else { return whole }
    let repeats = axes[kept.endIndex...].map(\.1).reduce(1, *)
    return RowGradient(numbers: numbers, values: operand, repeats: repeats)
  }
}
