public import Graphs
import Tensors

/// What a variable is brought back to after every step of the optimizer.
public protocol Constraint: Configurable {
  /// Builds the constrained values of a variable.
  ///
  /// - Throws: ``ShapeError`` if the constraint has no meaning for the shape.
  func constrained(_ value: Value, in graph: inout Graph) throws -> Value
}

extension Constraint {
  /// Lengths along axes, which stay with extent 1.
  func norms(_ value: Value, axes: [Int], in graph: inout Graph) throws -> Value {
    let rank = graph.shape(value).rank
    guard axes.allSatisfy({ (-rank..<rank).contains($0) }) else {
      throw ShapeError(
        subject: "constraint \(Self.className)", found: "\(graph.shape(value))",
        expected: "axes \(axes)")
    }
    return graph.unary(
      .squareRoot, graph.sum(graph.unary(.square, value), axes: axes, keepAxes: true))
  }
}
