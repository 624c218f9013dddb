package import Graphs
package import JSON
import Tensors

/// Of the targets that are 1, the share with a prediction above the threshold.
package struct Recall: Metric {
  package static let className = "Recall"
  package static let isHigherBetter: Bool? = true
  package let threshold: Double

  package init(configuration: Configuration) throws {
    let thresholds = try configuration.doubles("thresholds") ?? [0.5]
    for key in ["top_k", "class_id"] where configuration.value(key) != nil {
      throw configuration.error(
        key, found: configuration.value(key), expected: "null (this is not supported)")
    }
    guard thresholds.count == 1 else {
      throw configuration.error(
        "thresholds", found: configuration.values["thresholds"], expected: "one number")
    }
    threshold = thresholds[0]
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("thresholds", threshold, default: 0.5)
    return result
  }

  package func statistics(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> [Value] {
    let (target, prediction) = alignRanks(target: target, prediction: prediction, in: &graph)
    try requireSameShape(target, prediction.value, in: graph)
    let answer = graph.isGreater(prediction.value, threshold)
    let truth = graph.isGreater(target, 0)
    func count(_ value: Value) -> Value {
      guard let weights else { return graph.sum(value) }
      let rank = graph.shape(value).rank
      return graph.sum(graph.multiply(value, graph.aligned(weights, axes: [0], rank: rank)))
    }
    return [count(graph.multiply(truth, answer)), count(truth)]
  }

  package func result(_ totals: [Double]) -> Double { totals[1] == 0 ? 0 : totals[0] / totals[1] }
}
