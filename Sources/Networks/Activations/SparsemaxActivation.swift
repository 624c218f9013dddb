package import Graphs
package import JSON
import Tensors

/// Like softmax, but small ones become 0 (Martins & Astudillo 2016), as Keras computes it.
///
/// Keras sums the running sums over the whole support where the paper takes the last of them, so
/// that results need not add up to 1; here the numbers are Keras'. No sorting is needed: the place
/// of xᵢ in descending order is the number of elements that come before it, and xᵢ belongs to the
/// support if 1 + place · xᵢ is greater than the sum up to it.
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
    let elements = graph.reshape(x, to: Shape(one))
    let others = graph.reshape(x, to: Shape(other))
    let numbers = graph.vector((0..<shape.extents[axis]).map(Double.init))
    let number = graph.aligned(numbers, axes: [axis], rank: shape.rank + 1)
    let otherNumber = graph.aligned(numbers, axes: [axis + 1], rank: shape.rank + 1)
    let isEarlier = graph.binary(.greaterOrEqual, number, otherNumber)
    let isEqual = graph.multiply(graph.binary(.equal, others, elements), isEarlier)
    let comesUpTo = graph.add(graph.binary(.greater, others, elements), isEqual)
    let place = graph.sum(comesUpTo, axes: [axis + 1])
    let running = graph.sum(graph.multiply(comesUpTo, others), axes: [axis + 1])
    let bound = graph.add(graph.multiply(place, x), 1)
    let support = graph.stopGradient(graph.binary(.greater, bound, running))
    let size = graph.sum(support, axes: [axis], keepAxes: true)
    let mass = graph.sum(graph.multiply(support, running), axes: [axis], keepAxes: true)
    let threshold = graph.divide(graph.add(mass, -1), size)
    return graph.maximum(graph.subtract(x, threshold), 0)
  }
}
