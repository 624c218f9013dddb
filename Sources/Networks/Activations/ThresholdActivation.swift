package import Graphs
package import JSON

/// f(x) = x where x > `threshold`, else `default_value`. Without arguments Keras cannot call it either.
package struct ThresholdActivation: Activation {
  package static let className = "threshold"
  package let threshold: Double
  package let defaultValue: Double

  package init(configuration: Configuration) throws {
    threshold = try configuration.double("threshold", default: 0)
    defaultValue = try configuration.double("default_value", default: 0)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("threshold", threshold, default: 0)
    result.set("default_value", defaultValue, default: 0)
    return result
  }

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    graph.select(graph.isGreater(x, threshold), x, graph.constant(defaultValue))
  }
}
