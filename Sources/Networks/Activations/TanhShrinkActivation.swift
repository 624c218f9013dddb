package import Graphs

/// f(x) = x − tanh(x)
package struct TanhShrinkActivation: Activation {
  package static let className = "tanh_shrink"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.subtract(x, graph.unary(.hyperbolicTangent, x))
  }
}
