package import Graphs
package import JSON
import Tensors

/// (1 − p^q) / q of the probability p of the class whose number is the target: between crossentropy
/// (q near 0) and absolute error (q near 1), so that wrong labels pull less.
///
/// Zhang & Sabuncu 2018.
package struct CategoricalGeneralizedCrossEntropy: Loss {
  package static let className = "CategoricalGeneralizedCrossEntropy"
  package static let names = ["categorical_generalized_cross_entropy"]
  package let q: Double

  package init(configuration: Configuration) throws {
    q = try configuration.double("q", default: 0.5)
    guard q > 0, q < 1 else {
      throw configuration.error("q", found: .double(q), expected: "a number between 0 and 1")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("q", q, default: 0.5)
    return result
  }

  package func perSample(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    let p = prediction.value
    let (found, predicted) = (graph.shape(target), graph.shape(p))
    guard predicted.rank > 0, found.extents == Array(predicted.extents.dropLast()) else {
      throw ShapeError(
        subject: "loss \(Self.className)",
        found: "targets of shape \(found) for predictions of shape \(predicted)",
        expected: "class numbers without a last axis",
        advice: "Keras sets targets of shape (n, 1) against all rows of the batch; drop that axis.")
    }
    let right = graph.sum(
      graph.multiply(graph.oneHot(target, classes: predicted[-1]), p), axes: [-1])
    let power = graph.binary(.power, right, graph.constant(q))
    return graph.scale(graph.subtract(1, power), by: 1 / q)
  }
}
