package import Graphs
package import JSON
import Tensors

/// A mean of precision and recall over predictions `[batch, classes]`.
package protocol FScoreMetric: Metric {
  /// How the classes become one number: `micro`, `macro`, `weighted`; `nil`: one number for each.
  var average: String? { get }
  /// Above which prediction the answer is yes; `nil`: the largest of each row is.
  var threshold: Double? { get }
  /// How much more recall counts than precision.
  var beta: Double { get }
}

extension FScoreMetric {
  /// More is better.
  package static var isHigherBetter: Bool? { true }

  /// Reads `average` and `threshold`.
  static func read(_ configuration: Configuration) throws -> (String?, Double?) {
    let average = try configuration.string("average")
    if let average, !["micro", "macro", "weighted"].contains(average) {
      throw configuration.error(
        "average", found: .string(average), expected: "null, micro, macro or weighted")
    }
    return (average, try configuration.double("threshold"))
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if let average { result["average"] = .string(average) }
    result.set("threshold", threshold)
    if Self.className == FBetaScore.className { result.set("beta", beta, default: 1) }
    return result
  }

  package func statistics(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> [Value] {
    let p = prediction.value
    try requireSameShape(target, p, in: graph)
    guard graph.shape(p).rank == 2 else {
      throw ShapeError(
        subject: "metric \(Self.className)", found: "predictions of shape \(graph.shape(p))",
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
    return try parts.map { part in
      guard let weights else { return graph.sum(part, axes: [0]) }
      let aligned = try graph.alignedWeights(
        weights, to: graph.shape(part), subject: "metric \(Self.className)")
      return graph.sum(graph.multiply(part, aligned), axes: [0])
    }
  }

  package func results(_ totals: [Double]) -> [Double] {
    let count = totals.count / 4
    var parts = (0..<4).map { Array(totals[$0 * count..<($0 + 1) * count]) }
    if average == "micro" { parts = parts.map { [$0.reduce(0, +)] } }
    let (epsilon, square) = (1e-7, beta * beta)
    let scores = parts[0].indices.map { index -> Double in
      let right = parts[0][index]
      let precision = right / (right + parts[1][index] + epsilon)
      let recall = right / (right + parts[2][index] + epsilon)
      return (1 + square) * precision * recall / (square * precision + recall + epsilon)
    }
    switch average {
    case nil: return scores
    case "weighted":
      let all = parts[3].reduce(0, +) + epsilon
      return [zip(scores, parts[3]).map { $0 * $1 / all }.reduce(0, +)]
    default: return [scores.reduce(0, +) / Double(max(1, scores.count))]
    }
  }
}
