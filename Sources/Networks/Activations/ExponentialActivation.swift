package import Graphs

/// f(x) = eˣ
package struct ExponentialActivation: Activation {
  package static let className = "exponential"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.unary(.exponential, x)
  }
}
