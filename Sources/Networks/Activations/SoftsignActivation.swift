package import Graphs

/// f(x) = x / (|x| + 1)
package struct SoftsignActivation: Activation {
  package static let className = "softsign"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.divide(x, graph.add(graph.unary(.absolute, x), 1))
  }
}
