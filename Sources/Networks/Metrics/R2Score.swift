package import Graphs
package import JSON
import Tensors

/// How much of the spread of the targets the predictions explain: 1 − Σ(y − ŷ)² / Σ(y − ȳ)².
package struct R2Score: Metric {
  package static let className = "R2Score"
  package static let isHigherBetter: Bool? = true
  package static let logName = "r2_score"
  package static let names = ["r2_score"]
  package let isWeightedByVariance: Bool

  package init(configuration: Configuration) throws {
    let aggregation = try configuration.string("class_aggregation", default: "uniform_average")
    guard ["uniform_average", "variance_weighted_average"].contains(aggregation) else {
      throw configuration.error(
        "class_aggregation", found: .string(aggregation),
        expected: "uniform_average or variance_weighted_average")
    }
    isWeightedByVariance = aggregation == "variance_weighted_average"
    guard try configuration.int("num_regressors", default: 0) == 0 else {
      throw configuration.error(
        "num_regressors", found: configuration.values["num_regressors"], expected: "0")
    }
  }

  package var configuration: JSONObject {
    isWeightedByVariance ? ["class_aggregation": "variance_weighted_average"] : [:]
  }

  package func statistics(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> [Value] {
    let (target, prediction) = alignRanks(target: target, prediction: prediction, in: &graph)
    try requireSameShape(target, prediction.value, in: graph)
    let shape = graph.shape(target)
    guard shape.rank == 2 else {
      throw ShapeError(
        subject: "metric R2Score", found: "targets of shape \(shape)", expected: "two axes")
    }
    let weight = graph.broadcast(
      weights.map { graph.aligned($0, axes: [0], rank: 2) } ?? graph.constant(1), to: shape)
    let weighted = graph.multiply(target, weight)
    let error = graph.unary(.square, graph.subtract(target, prediction.value))
    let columns = [
      weighted, graph.multiply(target, weighted), graph.multiply(error, weight), weight,
    ]
    return columns.map { graph.sum($0, axes: [0]) }
  }

  package func result(_ totals: [Double]) -> Double {
    let count = totals.count / 4
    var (scores, spreads) = ([Double](), [Double]())
    for column in 0..<count {
      let (sum, squares) = (totals[column], totals[count + column])
      let spread = squares - sum * sum / totals[3 * count + column]
      let score = 1 - totals[2 * count + column] / spread
      scores.append(score.isInfinite ? 0 : score)
      spreads.append(spread)
    }
    if isWeightedByVariance {
      return zip(scores, spreads).map(*).reduce(0, +) / spreads.reduce(0, +)
    }
    return scores.reduce(0, +) / Double(max(1, count))
  }
}
