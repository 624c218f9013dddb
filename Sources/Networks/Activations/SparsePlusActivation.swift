package import Graphs

/// f(x) = 0 where x ≤ −1, x where x ≥ 1, else (x + 1)² / 4
package struct SparsePlusActivation: Activation {
  package static let className = "sparse_plus"

  package init(configuration: Configuration) {}

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    let middle = graph.scale(graph.unary(.square, graph.add(graph.clip(x, -1, 1), 1)), by: 0.25)
    let upper = graph.binary(.greaterOrEqual, x, graph.constant(1))
    return graph.select(upper, x, middle)
  }
}
