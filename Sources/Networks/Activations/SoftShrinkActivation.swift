package import Graphs
package import JSON

/// f(x) = x moved towards 0 by `threshold`, 0 nearer than that.
package struct SoftShrinkActivation: Activation {
  package static let className = "soft_shrink"
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
    let upper = graph.select(
      graph.isGreater(x, threshold), graph.add(x, -threshold), graph.constant(0))
    return graph.select(graph.isLess(x, -threshold), graph.add(x, threshold), upper)
  }
}
