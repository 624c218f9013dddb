public import Graphs
import Tensors

/// What is reported of how well a model does, without being trained for.
///
/// Each batch yields numbers that are added up over the epoch; the result is a function of the sums.
public protocol Metric: Configurable {
  /// Builds a batch's numbers.
  ///
  /// - Parameter weights: One weight for each row, or `nil`.
  /// - Throws: ``ShapeError`` if targets and predictions do not fit.
  func statistics(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> [Value]
  /// The metric, given the sums over all batches of the numbers, one after the other.
  func result(_ totals: [Double]) -> Double
  /// Whether more is better; `nil` if Keras does not say.
  static var isHigherBetter: Bool? { get }
  /// The name under which Keras logs it.
  static var logName: String { get }
}

extension Metric {
  /// Less is better, as for losses.
  public static var isHigherBetter: Bool? { false }
  /// The class name in snake case.
  public static var logName: String { snakeCase(className) }
}

/// A metric that is the mean over samples.
package protocol MeanMetric: Metric {
  /// Builds the values of the samples, batch first.
  func values(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value
}

extension MeanMetric {
  package func statistics(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> [Value] {
    var values = try values(target: target, prediction: prediction, in: &graph)
    let shape = graph.shape(values)
    if shape.rank > 1 { values = graph.mean(values, axes: Array(1..<shape.rank)) }
    guard let weights else {
      let rows = shape.rank == 0 ? 1 : shape[0]
      return [graph.sum(values), graph.constant(Double(rows))]
    }
    return [graph.sum(graph.multiply(values, weights)), graph.sum(weights)]
  }

  package func result(_ totals: [Double]) -> Double { totals[1] == 0 ? 0 : totals[0] / totals[1] }
}

/// A metric that is the mean of a loss.
package protocol LossMetric: MeanMetric {
  /// The loss.
  var loss: any Loss { get }
}

extension LossMetric {
  package func values(
    target: Value, prediction: Prediction, in graph: inout Graph
  ) throws -> Value {
    let aligned = alignRanks(target: target, prediction: prediction, in: &graph)
    return try loss.perSample(
      target: aligned.target, prediction: aligned.prediction, in: &graph)
  }
}

extension Metric {
  /// Checks that targets and predictions have the same shape.
  func requireSameShape(_ target: Value, _ prediction: Value, in graph: Graph) throws {
    let (a, b) = (graph.shape(target), graph.shape(prediction))
    if a != b { throw ShapeError(loss: "metric \(Self.className)", target: a, prediction: b) }
  }
}

/// 1 where two values of the same shape are equal.
///
/// - Throws: ``ShapeError`` if the shapes differ.
func matches(
  _ target: Value, _ prediction: Value, metric: String, in graph: inout Graph
) throws -> Value {
  guard graph.shape(target) == graph.shape(prediction) else {
    throw ShapeError(
      loss: "metric \(metric)", target: graph.shape(target), prediction: graph.shape(prediction))
  }
  return graph.binary(.equal, target, prediction)
}
