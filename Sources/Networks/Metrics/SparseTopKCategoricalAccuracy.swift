package import Graphs
package import JSON
import Tensors

/// How often the class whose number is the target is among the `k` best predictions.
package struct SparseTopKCategoricalAccuracy: MeanMetric {
  package static let className = "SparseTopKCategoricalAccuracy"
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
    let shape = graph.shape(target)
    var labels = target
    if shape.rank == graph.shape(prediction.value).rank, shape.extents.last == 1 {
      labels = graph.reshape(target, to: Shape(Array(shape.extents.dropLast())))
    }
    let p = prediction.value
    let right = graph.sum(
      graph.multiply(graph.oneHot(labels, classes: graph.shape(p)[-1]), p), axes: [-1],
      keepAxes: true)
    let better = graph.sum(graph.binary(.greater, p, right), axes: [-1])
    return graph.isLess(better, Double(count))
  }
}
