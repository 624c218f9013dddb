package import Graphs
package import JSON
import Tensors

/// The mean absolute cosine between the rows (or columns) of a matrix, times `factor`.
package struct OrthogonalRegularizer: Regularizer {
  package static let className = "OrthogonalRegularizer"
  package static let names = ["orthogonal_regularizer"]
  package let factor: Double
  package let usesRows: Bool

  package init(configuration: Configuration) throws {
    factor = try configuration.double("factor", default: 0.01)
    let mode = try configuration.string("mode", default: "rows")
    guard ["rows", "columns"].contains(mode) else {
      throw configuration.error("mode", found: .string(mode), expected: "rows or columns")
    }
    usesRows = mode == "rows"
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("factor", factor, default: 0.01)
    result.set("mode", usesRows ? "rows" : "columns", default: "rows")
    return result
  }

  /// The penalty. What is no matrix has none; Keras refuses it.
  package func penalty(of value: Value, in graph: inout Graph) -> Value {
    let shape = graph.shape(value)
    let size = shape.rank == 2 ? shape[usesRows ? 0 : 1] : 0
    guard size > 1 else { return graph.constant(0) }
    let unit = graph.unitLength(
      value, axes: [usesRows ? 1 : 0], least: Graph.epsilon * Graph.epsilon)
    let cosines = graph.matrixProduct(
      unit, unit, transposeLeft: !usesRows, transposeRight: usesRows)
    let numbers = graph.vector((0..<size).map(Double.init))
    let isDiagonal = graph.binary(
      .equal, graph.reshape(numbers, to: [size, 1]), graph.reshape(numbers, to: [1, size]))
    let others = graph.multiply(graph.unary(.absolute, cosines), graph.not(isDiagonal))
    let pairs = Double(size * (size - 1)) / 2
    return graph.scale(graph.sum(others), by: factor * 0.5 / pairs)
  }
}
