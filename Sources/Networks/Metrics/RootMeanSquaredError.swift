package import Graphs
import Tensors

/// √ of the mean of (ŷ − y)² over all elements of the epoch.
package struct RootMeanSquaredError: Metric {
  package static let className = "RootMeanSquaredError"

  package init(configuration: Configuration) {}

  package func statistics(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> [Value] {
    let (target, prediction) = alignRanks(target: target, prediction: prediction, in: &graph)
    try requireSameShape(target, prediction.value, in: graph)
    let error = graph.subtract(prediction.value, target)
    var squares = graph.unary(.square, error)
    return try weightedMean(&squares, weights: weights, in: &graph)
  }

  package func results(_ totals: [Double]) -> [Double] {
    [totals[1] == 0 ? 0 : (totals[0] / totals[1]).squareRoot()]
  }
}
