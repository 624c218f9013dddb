package import Graphs

/// max(w, 0)
package struct NonNegConstraint: Constraint {
  package static let className = "NonNeg"
  package static let names = ["non_neg"]

  package init(configuration: Configuration) {}

  package func constrained(_ value: Value, in graph: inout Graph) throws -> Value {
    graph.maximum(value, 0)
  }
}
