package import Graphs

/// f(x) = x · sigmoid(x), also called swish.
package struct SiLUActivation: Activation {
  package static let className = "silu"
  package static let names = ["silu", "swish"]

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.multiply(x, graph.unary(.sigmoid, x))
  }
}
