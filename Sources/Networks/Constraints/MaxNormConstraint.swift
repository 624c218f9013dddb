package import Graphs
package import JSON

/// Vectors longer than `max_value` are shortened to it.
package struct MaxNormConstraint: Constraint {
  package static let className = "MaxNorm"
  package static let names = ["max_norm"]
  package let maximum: Double
  package let axes: [Int]

  package init(configuration: Configuration) throws {
    maximum = try configuration.double("max_value", default: 2)
    axes = try configuration.ints("axis") ?? [0]
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("max_value", maximum, default: 2)
    if axes != [0] {
      result["axis"] = axes.count == 1 ? .int(axes[0]) : .array(axes.map { .int($0) })
    }
    return result
  }

  package func constrained(_ value: Value, in graph: inout Graph) throws -> Value {
    let norms = try norms(value, axes: axes, in: &graph)
    let desired = graph.clip(norms, 0, maximum)
    return graph.multiply(value, graph.divide(desired, graph.add(norms, Graph.epsilon)))
  }
}
