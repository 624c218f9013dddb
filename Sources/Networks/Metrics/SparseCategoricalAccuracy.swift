package import Graphs
import Tensors

/// How often the largest prediction stands at the class whose number is the target.
package struct SparseCategoricalAccuracy: MeanMetric {
  package static let className = "SparseCategoricalAccuracy"
  package static let isHigherBetter: Bool? = true

  package init(configuration: Configuration) {}

  package func values(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    let shape = graph.shape(target)
    var labels = target
    if shape.rank == graph.shape(prediction.value).rank, shape.extents.last == 1 {
      labels = graph.reshape(target, to: Shape(Array(shape.extents.dropLast())))
    }
    return try matches(
      labels, graph.argMax(prediction.value, axis: -1), metric: Self.className, in: &graph)
  }
}
