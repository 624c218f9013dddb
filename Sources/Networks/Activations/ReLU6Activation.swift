package import Graphs

/// f(x) = min(max(x, 0), 6)
package struct ReLU6Activation: Activation {
  package static let className = "relu6"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.minimum(graph.unary(.relu, x), 6)
  }
}
