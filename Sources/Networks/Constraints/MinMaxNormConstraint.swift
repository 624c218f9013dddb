package import Graphs
package import JSON

/// Vectors are moved, at a rate, towards lengths between `min_value` and `max_value`.
package struct MinMaxNormConstraint: Constraint {
  package static let className = "MinMaxNorm"
  package static let names = ["min_max_norm"]
  package let minimum: Double
  package let maximum: Double
  package let rate: Double
  package let axes: [Int]

  package init(configuration: Configuration) throws {
    minimum = try configuration.double("min_value", default: 0)
    maximum = try configuration.double("max_value", default: 1)
    rate = try configuration.double("rate", default: 1)
    axes = try configuration.ints("axis") ?? [0]
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("min_value", minimum, default: 0)
    result.set("max_value", maximum, default: 1)
    result.set("rate", rate, default: 1)
    if axes != [0] {
      result["axis"] = axes.count == 1 ? .int(axes[0]) : .array(axes.map { .int($0) })
    }
    return result
  }

  package func constrained(_ value: Value, in graph: inout Graph) throws -> Value {
    let norms = try norms(value, axes: axes, in: &graph)
    let desired = graph.add(
      graph.scale(graph.clip(norms, minimum, maximum), by: rate), graph.scale(norms, by: 1 - rate))
    return graph.multiply(value, graph.divide(desired, graph.add(norms, Graph.epsilon)))
  }
}
