package import Graphs
package import JSON

/// ½ e² for errors up to `delta`, then straight: delta · |e| − ½ delta²; the mean over the last axis.
package struct Huber: Loss {
  package static let className = "Huber"
  package static let names = ["huber"]
  package let delta: Double

  package init(configuration: Configuration) throws {
    delta = try configuration.double("delta", default: 1)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("delta", delta, default: 1)
    return result
  }

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    let error = graph.subtract(prediction.value, target)
    let size = graph.unary(.absolute, error)
    let isFar = graph.isGreater(size, delta)
    let bent = graph.scale(graph.unary(.square, error), by: 0.5)
    let straight = graph.add(graph.scale(size, by: delta), -0.5 * delta * delta)
    return lastAxisMean(graph.select(isFar, straight, bent), in: &graph)
  }
}
