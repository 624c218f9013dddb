package import Graphs

/// f(x) = ½ · min(max(x + 1, 0), 2)
package struct SparseSigmoidActivation: Activation {
  package static let className = "sparse_sigmoid"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.scale(graph.clip(graph.add(x, 1), 0, 2), by: 0.5)
  }
}
