package import Graphs
package import JSON

/// 1 − 2 Σ y · ŷ / (Σ y + Σ ŷ), the sums over `axis`; without one, over the whole batch.
package struct Dice: Loss {
  package static let className = "Dice"
  package static let names = ["dice"]
  package let axes: [Int]?

  package init(configuration: Configuration) throws {
    axes = try configuration.ints("axis")
  }

  package var configuration: JSONObject {
    axes.map { ["axis": .array($0.map { .int($0) })] } ?? [:]
  }

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    try requireEqualShapes(target, prediction, in: graph)
    try requireAxes(axes, of: target, in: graph)
    let p = prediction.value
    let common = graph.sum(graph.multiply(target, p), axes: axes)
    let total = graph.add(graph.sum(target, axes: axes), graph.sum(p, axes: axes))
    return graph.subtract(
      1, graph.divide(graph.scale(common, by: 2), graph.add(total, Graph.epsilon)))
  }
}
