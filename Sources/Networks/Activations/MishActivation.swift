package import Graphs

/// f(x) = x · tanh(softplus(x))
package struct MishActivation: Activation {
  package static let className = "mish"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.multiply(x, graph.unary(.hyperbolicTangent, graph.unary(.softplus, x)))
  }
}
