package import Graphs
package import JSON

/// f(x) = max(x, 0); with arguments: `max_value` cuts it off, `negative_slope` tilts the part below the
/// `threshold`.
package struct ReLUActivation: Activation {
  package static let className = "relu"
  package let negativeSlope: Double
  package let maxValue: Double
  package let threshold: Double

  package init(configuration: Configuration) throws {
    negativeSlope = try configuration.double("negative_slope", default: 0)
    maxValue = try configuration.double("max_value", default: .infinity)
    threshold = try configuration.double("threshold", default: 0)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("negative_slope", negativeSlope, default: 0)
    result.set("max_value", maxValue, default: .infinity)
    result.set("threshold", threshold, default: 0)
    return result
  }

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    if negativeSlope == 0, threshold == 0 {
      let result = graph.unary(.relu, x)
      return maxValue.isInfinite ? result : graph.minimum(result, maxValue)
    }
    // Keras takes its leaky_relu for a tilt alone, which counts 0 among the active.
    let isLeaky = threshold == 0 && maxValue.isInfinite
    let active = graph.binary(
      isLeaky ? .greaterOrEqual : .greater, x, graph.constant(threshold))
    let above = maxValue.isInfinite ? x : graph.minimum(x, maxValue)
    let below = graph.scale(graph.add(x, -threshold), by: negativeSlope)
    return graph.select(active, above, below)
  }
}
