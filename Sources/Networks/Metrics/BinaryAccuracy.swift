package import Graphs
package import JSON

/// How often a prediction above the threshold meets a target of 1, and another a 0.
package struct BinaryAccuracy: MeanMetric {
  package static let className = "BinaryAccuracy"
  package static let isHigherBetter: Bool? = true
  package let threshold: Double

  package init(configuration: Configuration) throws {
    threshold = try configuration.double("threshold", default: 0.5)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("threshold", threshold, default: 0.5)
    return result
  }

  package func values(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    let (target, prediction) = alignRanks(target: target, prediction: prediction, in: &graph)
    let answer = graph.isGreater(prediction.value, threshold)
    return try matches(target, answer, metric: Self.className, in: &graph)
  }
}
