package import Graphs
package import JSON
import Tensors

/// The first half along an axis times the sigmoid of the second half (gated linear unit).
package struct GLUActivation: Activation {
  package static let className = "glu"
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
    try requireAxis(axis, of: x, in: graph, subject: "glu")
    let shape = graph.shape(x)
    let axis = shape.normalized(axis)
    let half = shape.extents[axis] / 2
    guard half * 2 == shape.extents[axis] else {
      throw ShapeError(
        subject: "glu", found: "\(shape)", expected: "an even extent along axis \(axis)")
    }
    var (starts, sizes) = ([Int](repeating: 0, count: shape.rank), shape.extents)
    sizes[axis] = half
    let first = graph.slice(x, starts: starts, sizes: sizes)
    starts[axis] = half
    let second = graph.slice(x, starts: starts, sizes: sizes)
    return graph.multiply(first, graph.unary(.sigmoid, second))
  }
}
