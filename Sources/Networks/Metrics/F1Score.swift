package import Graphs
package import JSON
import Tensors

/// The harmonic mean of precision and recall, over classes as `average` says.
package struct F1Score: Metric {
  package static let className = "F1Score"
  package static let isHigherBetter: Bool? = true
  package static let logName = "f1_score"
  package static let names = ["f1_score"]
  package let average: String
  package let threshold: Double?

  package init(configuration: Configuration) throws {
    average = try configuration.string("average", default: "none")
    guard ["micro", "macro", "weighted"].contains(average) else {
      throw configuration.error(
        "average", found: configuration.values["average"],
        expected: "micro, macro or weighted (one number for each class is not supported)")
    }
    threshold = try configuration.double("threshold")
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["average": .string(average)]
    result.set("threshold", threshold)
    return result
  }

  package func statistics(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> [Value] {
    let p = prediction.value
    try requireSameShape(target, p, in: graph)
    guard graph.shape(p).rank == 2 else {
      throw ShapeError(
        subject: "metric F1Score", found: "predictions of shape \(graph.shape(p))",
        expected: "two axes")
    }
    let answer: Value
    if let threshold {
      answer = graph.isGreater(p, threshold)
    } else {
      let isLargest = graph.binary(
        .greaterOrEqual, p, graph.maximum(p, axes: [-1], keepAxes: true))
      // A row of zeros answers nothing; Keras' limit for "not zero".
      let isAnswer = graph.isGreater(graph.unary(.absolute, p), 1e-9)
      answer = graph.multiply(isLargest, isAnswer)
    }
    let parts = [
      graph.multiply(answer, target), graph.multiply(answer, graph.subtract(1, target)),
      graph.multiply(graph.not(answer), target), target,
    ]
    return parts.map { part in
      let weighted =
        weights.map { graph.multiply(part, graph.aligned($0, axes: [0], rank: 2)) } ?? part
      return graph.sum(weighted, axes: [0])
    }
  }

  package func result(_ totals: [Double]) -> Double {
    let count = totals.count / 4
    var parts = (0..<4).map { Array(totals[$0 * count..<($0 + 1) * count]) }
    if average == "micro" { parts = parts.map { [$0.reduce(0, +)] } }
    let epsilon = 1e-7
    let scores = parts[0].indices.map { index -> Double in
      let right = parts[0][index]
      let precision = right / (right + parts[1][index] + epsilon)
      let recall = right / (right + parts[2][index] + epsilon)
      return 2 * precision * recall / (precision + recall + epsilon)
    }
    if average == "weighted" {
      let all = parts[3].reduce(0, +) + epsilon
      return zip(scores, parts[3]).map { $0 * $1 / all }.reduce(0, +)
    }
    return scores.reduce(0, +) / Double(max(1, scores.count))
  }
}
