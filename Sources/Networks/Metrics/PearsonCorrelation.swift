package import Graphs
package import JSON

/// The correlation of targets and predictions along an axis: the mean of z(y) · z(ŷ).
package struct PearsonCorrelation: MeanMetric {
  package static let className = "PearsonCorrelation"
  package static let names = ["pearson_correlation"]
  package static let isHigherBetter: Bool? = true
  package let axes: [Int]

  package init(configuration: Configuration) throws {
    axes = try configuration.ints("axis") ?? [-1]
  }

  package var configuration: JSONObject {
    axes == [-1] ? [:] : ["axis": .array(axes.map { .int($0) })]
  }

  package func values(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    let (target, prediction) = alignRanks(target: target, prediction: prediction, in: &graph)
    try requireSameShape(target, prediction.value, in: graph)
    let both = [target, prediction.value].map { value -> Value in
      let (mean, variance) = graph.moments(value, axes: axes)
      return graph.divide(graph.subtract(value, mean), graph.unary(.squareRoot, variance))
    }
    return graph.mean(graph.multiply(both[0], both[1]), axes: axes)
  }
}
