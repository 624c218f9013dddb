public import Tensors

/// A value in a graph: the result of one operation. Only a number, so it is cheap to pass around;
/// its shape and its operands are found in the graph that made it.
public struct Value: Hashable, Sendable {
  /// The position of the operation in ``Graph/nodes``.
  public let index: Int
  package init(index: Int) { self.index = index }
}

/// One operation, what it works on, and the shape of what comes out.
public struct Node: Hashable, Sendable {
  /// What is computed.
  public let operation: Operation
  /// The operands, all made earlier in the same graph.
  public let operands: [Value]
  /// The extents of the result.
  public let shape: Shape
}

/// A computation as data: operations with static shapes, each after the ones it needs.
///
/// A graph computes nothing. It is built by layers and losses, differentiated
/// (``gradients(of:withRespectTo:)``), simplified, and then run by a backend of the engine.
/// The same operation on the same operands is stored once, so building is also the elimination of
/// common subexpressions; random numbers are told apart by their stream.
public struct Graph: Sendable {
  /// Every operation, in an order in which it can be computed.
  public private(set) var nodes: [Node] = []
  private var known: [Node: Value] = [:]

  /// A graph without operations.
  public init() {}

  /// The shape of a value.
  public func shape(_ value: Value) -> Shape { nodes[value.index].shape }

  /// The operation that makes a value.
  public func operation(_ value: Value) -> Operation { nodes[value.index].operation }

  /// Adds an operation whose shape is known, or finds it if it is there already.
  ///
  /// The typed methods (`add`, `matrixProduct`, `sum`, …) check shapes and call this.
  package mutating func append(_ operation: Operation, _ operands: [Value], shape: Shape) -> Value {
    let node = Node(operation: operation, operands: operands, shape: shape)
    if let value = known[node] { return value }
    let value = Value(index: nodes.count)
    nodes.append(node)
    known[node] = value
    return value
  }

  /// Another name for a value, told apart from all names that there are: its axes in their own order.
  mutating func other(name value: Value) -> Value {
    let axes = Array(0..<shape(value).rank)
    nodes.append(Node(operation: .transpose(axes), operands: [value], shape: shape(value)))
    return Value(index: nodes.count - 1)
  }
}
