package import Graphs

/// f(x) = 1 / (1 + e⁻ˣ)
package struct SigmoidActivation: Activation {
  package static let className = "sigmoid"

  package init(configuration: Configuration) {}

  package var keepsLogits: Bool { true }

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.unary(.sigmoid, x)
  }
}
