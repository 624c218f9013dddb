package import Graphs

/// f(x) = log(sigmoid(x)) = −softplus(−x)
package struct LogSigmoidActivation: Activation {
  package static let className = "log_sigmoid"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.unary(.negate, graph.unary(.softplus, graph.unary(.negate, x)))
  }
}
