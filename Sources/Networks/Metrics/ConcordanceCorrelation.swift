package import Graphs
package import JSON

/// How near pairs of target and prediction lie to the line of equality, along an axis.
///
/// The mean of 2 · (y − mean ŷ) · (ŷ − mean ŷ) / (var y + var ŷ + (mean y − mean ŷ)²), as Keras
/// computes Lin's coefficient.
package struct ConcordanceCorrelation: MeanMetric {
  package static let className = "ConcordanceCorrelation"
  package static let names = ["concordance_correlation"]
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
    let (mean, variance) = graph.moments(target, axes: axes)
    let (meanOfP, varianceOfP) = graph.moments(prediction.value, axes: axes)
    let product = graph.multiply(
      graph.subtract(target, meanOfP), graph.subtract(prediction.value, meanOfP))
    let distance = graph.unary(.square, graph.subtract(mean, meanOfP))
    let norm = graph.add(graph.add(variance, varianceOfP), distance)
    return graph.mean(
      graph.divide(graph.scale(product, by: 2), graph.add(norm, Graph.epsilon)), axes: axes)
  }
}
