public import Tensors

/// What a backend compiles: a graph and what is wanted of it at every run.
public struct Program: Sendable {
  /// The computation.
  public var graph: Graph
  /// Values that are handed back at every run.
  public var outputs: [Value]
  /// The gradient of each trainable parameter, by the number of the parameter. Empty for a program
  /// that only evaluates.
  public var gradients: [Int: Value]
  /// New values of parameters that the program itself moves on (moving statistics), by the number
  /// of the parameter. They take effect after everything else of the run was computed.
  public var updates: [Int: Value]

  /// A program over a graph.
  public init(
    graph: Graph, outputs: [Value], gradients: [Int: Value] = [:], updates: [Int: Value] = [:]
  ) {
    self.graph = graph
    self.outputs = outputs
    self.gradients = gradients
    self.updates = updates
  }
}

extension Program {
  /// The shape of each input by number: one more than the largest number in the graph. A number
  /// that no operation reads has no elements.
  public var inputShapes: [Shape] {
    var shapes: [Shape] = []
    for node in graph.nodes {
      guard case .input(let number) = node.operation else { continue }
      while shapes.count <= number { shapes.append(Shape([0])) }
      shapes[number] = node.shape
    }
    return shapes
  }
}
