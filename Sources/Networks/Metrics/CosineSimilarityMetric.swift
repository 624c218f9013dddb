package import Graphs
package import JSON

/// The cosine of the angle between targets and predictions: 1 for the same direction.
package struct CosineSimilarityMetric: MeanMetric {
  package static let className = "CosineSimilarity"
  package static let names = ["cosine_similarity"]
  package static let isHigherBetter: Bool? = true
  package let axis: Int

  package init(configuration: Configuration) throws {
    axis = try configuration.int("axis", default: -1)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("axis", axis, default: -1)
    return result
  }

  package func values(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    let (target, prediction) = alignRanks(target: target, prediction: prediction, in: &graph)
    try requireSameShape(target, prediction.value, in: graph)
    let y = graph.unitLength(target, axes: [axis], least: Graph.epsilon * Graph.epsilon)
    let other = graph.unitLength(
      prediction.value, axes: [axis], least: Graph.epsilon * Graph.epsilon)
    return graph.sum(graph.multiply(y, other), axes: [axis])
  }
}
