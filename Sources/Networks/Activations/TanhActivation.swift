package import Graphs

/// f(x) = tanh(x)
package struct TanhActivation: Activation {
  package static let className = "tanh"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.unary(.hyperbolicTangent, x)
  }
}
