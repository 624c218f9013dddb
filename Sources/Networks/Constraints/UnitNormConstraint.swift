package import Graphs
package import JSON

/// Vectors are brought to length 1.
package struct UnitNormConstraint: Constraint {
  package static let className = "UnitNorm"
  package static let names = ["unit_norm"]
  package let axes: [Int]

  package init(configuration: Configuration) throws {
    axes = try configuration.ints("axis") ?? [0]
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if axes != [0] {
      result["axis"] = axes.count == 1 ? .int(axes[0]) : .array(axes.map { .int($0) })
    }
    return result
  }

  package func constrained(_ value: Value, in graph: inout Graph) throws -> Value {
    let norms = try norms(value, axes: axes, in: &graph)
    return graph.divide(value, graph.add(norms, Graph.epsilon))
  }
}
