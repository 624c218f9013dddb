package import Graphs
package import JSON

/// Minus the cosine of the angle between y and ŷ along an axis: −1 for the same direction.
package struct CosineSimilarity: Loss {
  package static let className = "CosineSimilarity"
  package static let names = ["cosine_similarity"]
  package let axis: Int

  package init(configuration: Configuration) throws {
    axis = try configuration.int("axis", default: -1)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("axis", axis, default: -1)
    return result
  }

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    let y = graph.unitLength(target, axes: [axis], least: Graph.epsilon * Graph.epsilon)
    let other = graph.unitLength(
      prediction.value, axes: [axis], least: Graph.epsilon * Graph.epsilon)
    return graph.unary(.negate, graph.sum(graph.multiply(y, other), axes: [axis]))
  }
}
