package import Graphs
package import JSON
import Tensors

/// log(1 + Σ₊ e^(γ (margin + d) (d − margin)) · Σ₋ e^(γ (1 + margin − d) (1 − margin − d))) with the
/// cosine distances d = 1 − x · y to the rows of the batch of the same class (₊) and of others (₋).
///
/// Sun et al. 2020. Targets are class numbers, predictions `[batch, features]` of length 1. Rows whose
/// loss is 0, as where a class has no second row, do not count in the mean.
package struct Circle: Loss {
  package static let className = "Circle"
  package static let names = ["circle"]
  /// Stands for −∞ under the exponentials, where a true one would turn differences into NaN.
  private static let nothing = -1e30
  package let gamma: Double
  package let margin: Double
  package let leavesOutItself: Bool

  package init(configuration: Configuration) throws {
    gamma = try configuration.double("gamma", default: 80)
    margin = try configuration.double("margin", default: 0.4)
    leavesOutItself = try configuration.bool("remove_diagonal", default: true)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("gamma", gamma, default: 80)
    result.set("margin", margin, default: 0.4)
    result.set("remove_diagonal", leavesOutItself, default: true)
    return result
  }

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    let x = prediction.value
    let (labels, rows) = (graph.shape(target), graph.shape(x))
    guard rows.rank == 2, labels.extents == [rows[0]] || labels.extents == [rows[0], 1] else {
      throw ShapeError(
        subject: "loss \(Self.className)",
        found: "targets of shape \(labels) for predictions of shape \(rows)",
        expected: "one class number for each row, and predictions of shape (batch, features)")
    }
    let distances = graph.maximum(
      graph.subtract(1, graph.matrixProduct(x, x, transposeRight: true)), 0)
    let same = isSameClass(target, count: rows[0], in: &graph)
    let other = graph.not(same)
    var positive = same
    if leavesOutItself {
      positive = graph.multiply(positive, graph.not(identity(rows[0], in: &graph)))
    }
    // A weight is 0 where its pair is far on the right side.
    let attraction = graph.maximum(graph.add(distances, margin), 0)
    let repulsion = graph.maximum(graph.subtract(1 + margin, distances), 0)
    let pulls = graph.multiply(attraction, graph.add(distances, -margin))
    let pushes = graph.multiply(repulsion, graph.subtract(1 - margin, distances))
    let near = logarithmOfSum(pulls, where: positive, in: &graph)
    let far = logarithmOfSum(pushes, where: other, in: &graph)
    return graph.unary(.softplus, graph.add(near, far))
  }

  package func mask(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value? {
    graph.isGreater(try perSample(target: target, prediction: prediction, in: &graph), 0)
  }

  /// 1 for pairs of rows of the same class, `[batch, batch]`.
  private func isSameClass(_ target: Value, count: Int, in graph: inout Graph) -> Value {
    let labels = graph.truncated(target)
    let pairs: Shape = [count, count]
    let down = graph.broadcast(graph.reshape(labels, to: [count, 1]), to: pairs)
    let across = graph.broadcast(graph.reshape(labels, to: [1, count]), to: pairs)
    return graph.binary(.equal, down, across)
  }

  /// 1 for the pairs of each row with itself.
  private func identity(_ count: Int, in graph: inout Graph) -> Value {
    graph.oneHot(graph.counting(count), classes: count)
  }

  /// log Σ e^(γ value) over the pairs of each row for which a condition holds.
  private func logarithmOfSum(
    _ values: Value, where condition: Value, in graph: inout Graph
  ) -> Value {
    let powers = graph.select(
      condition, graph.scale(values, by: gamma), graph.constant(Self.nothing))
    let peak = graph.stopGradient(graph.maximum(powers, axes: [1], keepAxes: true))
    let sum = graph.sum(graph.unary(.exponential, graph.subtract(powers, peak)), axes: [1])
    return graph.add(graph.unary(.logarithm, sum), graph.reshape(peak, to: graph.shape(sum)))
  }
}
