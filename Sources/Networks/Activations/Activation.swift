public import Graphs
import Tensors

/// A function that a layer applies to what it computed.
public protocol Activation: Configurable {
  /// Builds the function into a graph.
  ///
  /// - Throws: ``ShapeError`` if the function has no meaning for the shape.
  func apply(_ x: Value, in graph: inout Graph) throws -> Value
  /// Whether TensorFlow's crossentropies look through the function at its argument, the logits.
  var keepsLogits: Bool { get }
}

extension Activation {
  /// Only sigmoid and softmax are looked through.
  public var keepsLogits: Bool { false }

  package func requireAxis(
    _ axis: Int, of x: Value, in graph: Graph, subject: String
  ) throws {
    let shape = graph.shape(x)
    guard (-shape.rank..<shape.rank).contains(axis) else {
      throw ShapeError(subject: subject, found: "\(shape)", expected: "an axis \(axis)")
    }
  }
}
