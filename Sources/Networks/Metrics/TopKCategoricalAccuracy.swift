package import Graphs
package import JSON
import Tensors

/// How often the class of the largest target is among the `k` best predictions.
package struct TopKCategoricalAccuracy: MeanMetric {
  package static let className = "TopKCategoricalAccuracy"
  package static let isHigherBetter: Bool? = true
  package let count: Int

  package init(configuration: Configuration) throws {
    count = try configuration.int("k", default: 5)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("k", count, default: 5)
    return result
  }

  package func values(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    let p = prediction.value
    let right = graph.sum(
      graph.multiply(graph.oneHot(graph.argMax(target, axis: -1), classes: graph.shape(p)[-1]), p),
      axes: [-1], keepAxes: true)
    let better = graph.sum(graph.binary(.greater, p, right), axes: [-1])
    return graph.isLess(better, Double(count))
  }
}
