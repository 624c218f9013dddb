package import Graphs
package import JSON
import Tensors

/// The area under the curve of true against false positives, for 200 thresholds.
package struct AreaUnderCurve: Metric {
  package static let className = "AUC"
  package static let isHigherBetter: Bool? = true
  package let thresholdCount: Int
  package let fromLogits: Bool

  /// How far the outermost thresholds lie beyond 0 and 1.
  private static let margin = 1e-7

  package init(configuration: Configuration) throws {
    thresholdCount = try configuration.int("num_thresholds", default: 200)
    fromLogits = try configuration.bool("from_logits", default: false)
    let fixed = [
      ("curve", "ROC"), ("summation_method", "interpolation"),
    ]
    for (key, value) in fixed {
      let found = try configuration.string(key, default: value)
      if found.lowercased() != value.lowercased() {
        throw configuration.error(key, found: .string(found), expected: "'\(value)'")
      }
    }
    if try configuration.bool("multi_label", default: false) {
      throw configuration.error("multi_label", found: true, expected: "false")
    }
    guard thresholdCount > 2 else {
      throw configuration.error(
        "num_thresholds", found: .int(thresholdCount), expected: "more than 2")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("num_thresholds", thresholdCount, default: 200)
    result.set("from_logits", fromLogits, default: false)
    return result
  }

  package func statistics(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> [Value] {
    let (target, prediction) = alignRanks(target: target, prediction: prediction, in: &graph)
    try requireSameShape(target, prediction.value, in: graph)
    let shape = graph.shape(target)
    let p = fromLogits ? graph.unary(.sigmoid, prediction.value) : prediction.value
    let column: Shape = [shape.count, 1]
    var rowWeights = graph.constant(1, shape: shape)
    if let weights {
      rowWeights = graph.broadcast(
        graph.aligned(weights, axes: [0], rank: shape.rank), to: shape)
    }
    let truth = graph.reshape(graph.isGreater(target, 0), to: column)
    let weight = graph.reshape(rowWeights, to: column)
    let steps = thresholdCount - 1
    let inner = (1..<steps).map { Double($0) / Double(steps) }
    let thresholds = graph.vector([-Self.margin] + inner + [1 + Self.margin])
    let answers = graph.binary(.greater, graph.reshape(p, to: column), thresholds)
    let yes = graph.multiply(truth, weight)
    let no = graph.multiply(graph.not(truth), weight)
    return [
      graph.sum(graph.multiply(answers, yes), axes: [0]),
      graph.sum(graph.multiply(answers, no), axes: [0]), graph.sum(yes), graph.sum(no),
    ]
  }

  package func result(_ totals: [Double]) -> Double {
    let (yes, no) = (totals[2 * thresholdCount], totals[2 * thresholdCount + 1])
    let truePositives = (0..<thresholdCount).map { yes == 0 ? 0 : totals[$0] / yes }
    let falsePositives = (0..<thresholdCount).map { no == 0 ? 0 : totals[thresholdCount + $0] / no }
    var area = 0.0
    for index in 1..<thresholdCount {
      area +=
        (falsePositives[index - 1] - falsePositives[index])
        * (truePositives[index - 1] + truePositives[index]) / 2
    }
    return area
  }
}
