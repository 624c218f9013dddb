package import Graphs
package import JSON

/// f(x) = x where |x| > `threshold`, else 0
package struct HardShrinkActivation: Activation {
  package static let className = "hard_shrink"
  package let threshold: Double

  package init(configuration: Configuration) throws {
    threshold = try configuration.double("threshold", default: 0.5)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("threshold", threshold, default: 0.5)
    return result
  }

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    let active = graph.isGreater(graph.unary(.absolute, x), threshold)
    return graph.select(active, x, graph.constant(0))
  }
}
