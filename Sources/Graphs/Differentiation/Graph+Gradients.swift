import Tensors

// Reverse-mode differentiation: walks the graph once from the loss to the leaves and hands every
// operation the gradient of its result. What the operations make of it stands in Derivatives.swift.
extension Graph {
  /// Adds the gradients of a loss to the graph: how fast the loss grows with each element of the
  /// given values.
  ///
  /// The gradients are ordinary values of the graph, so they can be differentiated again. Where the
  /// loss does not depend on a value, its gradient is the constant 0.
  ///
  /// - Parameters:
  ///   - loss: A value with one element.
  ///   - values: Parameters, inputs, or any values in between.
  /// - Returns: A gradient for each of `values`, of the same shape.
  public mutating func gradients(of loss: Value, withRespectTo values: [Value]) -> [Value] {
    precondition(shape(loss).count == 1, "the loss has shape \(shape(loss)), not one element")
    let reached = dependents(on: values, upTo: loss)
    var gradient = [Int: Value]()
    gradient[loss.index] = constant(1, shape: shape(loss))

    var shared = SharedGradients()
    for index in stride(from: loss.index, through: 0, by: -1) where reached[index] {
      for contribution in shared.collect(for: index, in: &self) {
        gradient[index] = gradient[index].map { add($0, contribution) } ?? contribution
      }
      guard let incoming = gradient[index] else { continue }
      let node = nodes[index]
      let taken = shared.take(incoming, through: node, in: self)
      let outgoing = pullBack(incoming, through: node, result: Value(index: index))
      for (position, operand) in node.operands.enumerated()
      where reached[operand.index] && !taken[position] {
        guard let contribution = outgoing[position] else { continue }
        gradient[operand.index] =
          gradient[operand.index].map { add($0, contribution) } ?? contribution
      }
    }
    return values.map { gradient[$0.index] ?? constant(0, shape: shape($0)) }
  }

  /// For each node up to the loss, whether it is or depends on one of the values.
  private func dependents(on values: [Value], upTo loss: Value) -> [Bool] {
    let sources = Set(values.map(\.index))
    var reached = [Bool](repeating: false, count: loss.index + 1)
    for index in 0...loss.index {
      reached[index] =
        sources.contains(index) || nodes[index].operands.contains { reached[$0.index] }
    }
    return reached
  }
}
