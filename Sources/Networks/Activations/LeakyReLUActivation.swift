package import Graphs
package import JSON

/// f(x) = x where x ≥ 0, else `negative_slope` · x
package struct LeakyReLUActivation: Activation {
  package static let className = "leaky_relu"
  package let negativeSlope: Double

  package init(configuration: Configuration) throws {
    negativeSlope = try configuration.double("negative_slope", default: 0.2)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("negative_slope", negativeSlope, default: 0.2)
    return result
  }

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    let active = graph.binary(.greaterOrEqual, x, graph.constant(0))
    return graph.select(active, x, graph.scale(x, by: negativeSlope))
  }
}
