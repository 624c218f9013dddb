public import Graphs
import Tensors

/// What is reported of how well a model does, without being trained for.
///
/// Each batch yields numbers that are added up over the epoch; the result is a function of the sums.
public protocol Metric: Configurable {
  /// Builds a batch's numbers.
  ///
  /// - Parameter weights: One weight for each row or each step, or `nil`.
  /// - Throws: ``ShapeError`` if targets and predictions do not fit.
  func statistics(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> [Value]
  /// The metric, given the sums over all batches of the numbers, one after the other: one value,
  /// or one for each class or threshold.
  func results(_ totals: [Double]) -> [Double]
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

  /// The metric as one number; of several their mean, which Keras' progress bar shows.
  public func result(_ totals: [Double]) -> Double {
    let results = results(totals)
    return results.count == 1 ? results[0] : results.reduce(0, +) / Double(max(1, results.count))
  }
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
    return try weightedMean(
      &values, weights: try masked(weights, prediction.mask, in: &graph), in: &graph)
  }

  package func results(_ totals: [Double]) -> [Double] {
    [totals[1] == 0 ? 0 : totals[0] / totals[1]]
  }
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
  /// The weights with 0 for the steps that do not count.
  func masked(
    _ weights: Value?, _ mask: Value?, in graph: inout Graph
  ) throws -> Value? {
    guard let mask else { return weights }
    guard let weights else { return mask }
    let own = try graph.alignedWeights(
      weights, to: graph.shape(mask), subject: "metric \(Self.className)")
    return graph.multiply(own, mask)
  }

  /// The numbers of a mean over rows, in which each row counts by its weight.
  func weightedMean(
    _ values: inout Value, weights: Value?, in graph: inout Graph
  ) throws -> [Value] {
    guard let weights else {
      let shape = graph.shape(values)
      return [
        graph.sum(rowMeans(values, in: &graph)),
        graph.constant(Double(shape.rank == 0 ? 1 : shape[0])),
      ]
    }
    let subject = "metric \(Self.className)"
    var extents = graph.shape(values).extents
    let rank = graph.shape(weights).rank
    // Values are averaged over the axes that have no weights of their own.
    if extents.count > rank {
      values = graph.mean(values, axes: Array(rank..<extents.count))
      extents.removeLast(extents.count - rank)
    }
    let shape = Shape(extents)
    let spread = try graph.spread(weights, over: shape, subject: subject)
    return [
      graph.sum(rowMeans(graph.multiply(values, spread), in: &graph)),
      graph.sum(rowMeans(spread, in: &graph)),
    ]
  }

  private func rowMeans(_ values: Value, in graph: inout Graph) -> Value {
    let rank = graph.shape(values).rank
    return rank > 1 ? graph.mean(values, axes: Array(1..<rank)) : values
  }

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
