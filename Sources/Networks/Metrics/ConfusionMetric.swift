package import Graphs
package import JSON
import Tensors

/// A metric made of counts of right and wrong yes-or-no answers.
package protocol ConfusionMetric: Metric {
  /// Above which prediction the answer is yes.
  var threshold: Double { get }
  /// Builds what is counted, element by element, from targets and answers of 0 and 1.
  func counts(truth: Value, answer: Value, in graph: inout Graph) -> [Value]
}

extension ConfusionMetric {
  /// Reads the one threshold.
  static func threshold(_ configuration: Configuration) throws -> Double {
    let thresholds = try configuration.doubles("thresholds") ?? [0.5]
    for key in ["top_k", "class_id"] where configuration.value(key) != nil {
      throw configuration.error(
        key, found: configuration.value(key), expected: "null (this is not supported)")
    }
    guard thresholds.count == 1 else {
      throw configuration.error(
        "thresholds", found: configuration.values["thresholds"], expected: "one number")
    }
    return thresholds[0]
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if threshold != 0.5 { result["thresholds"] = .double(threshold) }
    return result
  }

  package func statistics(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> [Value] {
    let (target, prediction) = alignRanks(target: target, prediction: prediction, in: &graph)
    try requireSameShape(target, prediction.value, in: graph)
    let answer = graph.isGreater(prediction.value, threshold)
    let truth = graph.isGreater(target, 0)
    return counts(truth: truth, answer: answer, in: &graph).map { value in
      guard let weights else { return graph.sum(value) }
      let rank = graph.shape(value).rank
      return graph.sum(graph.multiply(value, graph.aligned(weights, axes: [0], rank: rank)))
    }
  }
}
