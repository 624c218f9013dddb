package import Graphs

/// f(x) = log(1 + eˣ)
package struct SoftplusActivation: Activation {
  package static let className = "softplus"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.unary(.softplus, x)
  }
}
