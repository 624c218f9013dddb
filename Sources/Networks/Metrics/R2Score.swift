package import Graphs
package import JSON
import Tensors

/// How much of the spread of the targets the predictions explain: 1 − Σ(y − ŷ)² / Σ(y − ȳ)².
package struct R2Score: Metric {
  package static let className = "R2Score"
  package static let isHigherBetter: Bool? = true
  package static let logName = "r2_score"
  package static let names = ["r2_score"]
  /// How the columns become one number; `nil`: one number for each.
  package let aggregation: String?
  /// How many independent variables the adjusted score is for; 0: no adjustment.
  package let regressors: Int

  private static let uniform = "uniform_average"
  private static let byVariance = "variance_weighted_average"

  package init(configuration: Configuration) throws {
    let isGiven = configuration.values["class_aggregation"] != nil
    aggregation = try configuration.string("class_aggregation") ?? (isGiven ? nil : Self.uniform)
    guard [nil, Self.uniform, Self.byVariance].contains(aggregation) else {
      throw configuration.error(
        "class_aggregation", found: configuration.values["class_aggregation"],
        expected: "null, \(Self.uniform) or \(Self.byVariance)")
    }
    regressors = try configuration.int("num_regressors", default: 0)
    guard regressors >= 0 else {
      throw configuration.error(
        "num_regressors", found: .int(regressors), expected: "a number from 0")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if aggregation != Self.uniform {
      result["class_aggregation"] = aggregation.map { .string($0) } ?? .null
    }
    result.set("num_regressors", regressors, default: 0)
    return result
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
    var weight = graph.constant(1, shape: shape)
    if let weights { weight = try graph.spread(weights, over: shape, subject: "metric R2Score") }
    let weighted = graph.multiply(target, weight)
    let error = graph.unary(.square, graph.subtract(target, prediction.value))
    let columns = [
      weighted, graph.multiply(target, weighted), graph.multiply(error, weight), weight,
    ]
    return columns.map { graph.sum($0, axes: [0]) } + [graph.constant(Double(shape.count))]
  }

  package func results(_ totals: [Double]) -> [Double] {
    let count = (totals.count - 1) / 4
    var (scores, spreads) = ([Double](), [Double]())
    for column in 0..<count {
      let (sum, squares) = (totals[column], totals[count + column])
      let spread = squares - sum * sum / totals[3 * count + column]
      let score = 1 - totals[2 * count + column] / spread
      scores.append(score.isInfinite ? 0 : score)
      spreads.append(spread)
    }
    if aggregation == Self.byVariance {
      scores = [zip(scores, spreads).map(*).reduce(0, +) / spreads.reduce(0, +)]
    } else if aggregation == Self.uniform {
      scores = [scores.reduce(0, +) / Double(max(1, count))]
    }
    // Keras adjusts only where there are more numbers than variables.
    let (numbers, variables) = (totals[4 * count], Double(regressors))
    guard regressors > 0, variables < numbers - 1 else { return scores }
    return scores.map { 1 - (1 - $0) * (numbers - 1) / (numbers - variables - 1) }
  }
}
