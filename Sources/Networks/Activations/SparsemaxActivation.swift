package import Graphs
package import JSON
import Tensors

/// The nearest point of the probability simplex along an axis: like softmax, but small ones become 0
/// (Martins & Astudillo 2016).
///
/// The support is found without sorting: xᵢ belongs to it if 1 + k·xᵢ > s, with k the number and s
/// the sum of the elements that are at least xᵢ.
package struct SparsemaxActivation: Activation {
  package static let className = "sparsemax"
  package let axis: Int

  package init(configuration: Configuration) throws {
    axis = try configuration.int("axis", default: -1)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("axis", axis, default: -1)
    return result
  }

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    try requireAxis(axis, of: x, in: graph, subject: "sparsemax")
    let shape = graph.shape(x)
    let axis = shape.normalized(axis)
    var (one, other) = (shape.extents, shape.extents)
    one.insert(1, at: axis + 1)
    other.insert(1, at: axis)
    let candidates = graph.reshape(x, to: Shape(one))
    let others = graph.reshape(x, to: Shape(other))
    let atLeast = graph.binary(.greaterOrEqual, others, candidates)
    let count = graph.sum(atLeast, axes: [axis + 1])
    let total = graph.sum(graph.multiply(atLeast, others), axes: [axis + 1])
    let bound = graph.add(graph.multiply(count, x), 1)
    let support = graph.stopGradient(graph.binary(.greater, bound, total))
    let size = graph.sum(support, axes: [axis], keepAxes: true)
    let mass = graph.sum(graph.multiply(support, x), axes: [axis], keepAxes: true)
    let threshold = graph.divide(graph.add(mass, -1), size)
    return graph.maximum(graph.subtract(x, threshold), 0)
  }
}
