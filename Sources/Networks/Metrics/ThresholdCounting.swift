package import Graphs
package import JSON
import Tensors

/// Counts right and wrong yes-or-no answers for a row of thresholds.
package struct ThresholdCounting: Hashable, Sendable {
  /// Above which prediction the answer is yes.
  package var thresholds: [Double]
  /// The thresholds as they stand in the configuration; `nil` for the standard one.
  package var configured: [Double]?
  /// Only the so many largest predictions of a row can be a yes.
  package var topCount: Int?
  /// Only this class is looked at.
  package var classNumber: Int?
  /// Whether each column is counted for itself.
  package var countsColumns = false
  /// A weight for each column; empty if all are 1.
  package var columnWeights: [Double] = []

  /// Keras' stand-in for −∞, below every prediction.
  private static let lowest = -1e10
  /// How far thresholds may be from even steps for Keras to count by steps.
  private static let evenness = 1e-7

  /// Counting for given thresholds.
  package init(thresholds: [Double]) { self.thresholds = thresholds }

  /// Reads `thresholds`, `top_k` and `class_id`.
  package init(_ configuration: Configuration) throws {
    configured = try configuration.doubles("thresholds")
    topCount = try configuration.value("top_k").map { _ in try configuration.int("top_k") }
    classNumber = try configuration.value("class_id").map { _ in try configuration.int("class_id") }
    thresholds = configured ?? [topCount == nil ? 0.5 : Self.lowest]
    guard configured?.allSatisfy((0...1).contains) ?? true else {
      throw configuration.error(
        "thresholds", found: configuration.values["thresholds"], expected: "numbers from 0 to 1")
    }
    guard !thresholds.isEmpty else {
      throw configuration.error(
        "thresholds", found: configuration.values["thresholds"], expected: "one number or more")
    }
  }

  /// The arguments that were read.
  package var configuration: JSONObject {
    var result = JSONObject()
    if let configured {
      result["thresholds"] =
        configured.count == 1 ? .double(configured[0]) : .array(configured.map { .double($0) })
    }
    if let topCount { result["top_k"] = .int(topCount) }
    if let classNumber { result["class_id"] = .int(classNumber) }
    return result
  }

  /// Whether Keras counts by even steps, which also cuts predictions to 0…1.
  var isEven: Bool {
    let count = thresholds.count
    guard count >= 3 else { return false }
    return thresholds.enumerated().allSatisfy { index, threshold in
      abs(threshold - Double(index) / Double(count - 1)) <= Self.evenness * 1.01
    }
  }

  /// Builds a batch's numbers: for every column and threshold the right and the wrong yes, then for
  /// every column how many targets are yes and how many are no.
  package func statistics(
    target: Value, prediction: Prediction, weights: Value?, metric: String,
    in graph: inout Graph
  ) throws -> [Value] {
    let aligned = alignRanks(target: target, prediction: prediction, in: &graph)
    var (truth, p) = (aligned.target, aligned.prediction.value)
    guard graph.shape(truth) == graph.shape(p) else {
      throw ShapeError(
        loss: "metric \(metric)", target: graph.shape(truth), prediction: graph.shape(p))
    }
    if let topCount { p = graph.largest(p, count: topCount, others: Self.lowest) }
    if let classNumber {
      let shape = graph.shape(p)
      guard shape.rank > 1, (0..<shape[-1]).contains(classNumber) else {
        throw ShapeError(
          subject: "metric \(metric)", found: "predictions of shape \(shape)",
          expected: "a class \(classNumber)")
      }
      var (starts, sizes) = ([Int](repeating: 0, count: shape.rank), shape.extents)
      starts[shape.rank - 1] = classNumber
      sizes[shape.rank - 1] = 1
      truth = graph.slice(truth, starts: starts, sizes: sizes)
      p = graph.slice(p, starts: starts, sizes: sizes)
    }
    truth = graph.not(graph.binary(.equal, truth, graph.constant(0)))
    let shape = graph.shape(p)
    var weight = graph.constant(1, shape: shape)
    if let weights { weight = try graph.spread(weights, over: shape, subject: "metric \(metric)") }
    let columns = countsColumns ? shape[-1] : 1
    if !columnWeights.isEmpty, !countsColumns {
      guard columnWeights.count == shape.extents.last else {
        throw ShapeError(
          subject: "metric \(metric)", found: "\(columnWeights.count) label_weights",
          expected: "one for each column of \(shape)")
      }
      weight = graph.multiply(weight, graph.vector(columnWeights))
    }
    let flat: Shape = [shape.count / columns, columns, 1]
    let answers = answers(graph.reshape(p, to: flat), in: &graph)
    let yes = graph.reshape(graph.multiply(truth, weight), to: flat)
    let no = graph.reshape(graph.multiply(graph.not(truth), weight), to: flat)
    return [
      graph.sum(graph.multiply(answers, yes), axes: [0]),
      graph.sum(graph.multiply(answers, no), axes: [0]), graph.sum(yes, axes: [0]),
      graph.sum(no, axes: [0]),
    ]
  }

  /// 1 where a prediction is above a threshold.
  private func answers(_ p: Value, in graph: inout Graph) -> Value {
    if !isEven { return graph.binary(.greater, p, graph.vector(thresholds)) }
    // The number of the step below the prediction: ⌈p · (count − 1)⌉ − 1.
    let scaled = graph.scale(graph.clip(p, 0, 1), by: Double(thresholds.count - 1))
    let ceiling = graph.unary(.negate, graph.unary(.floor, graph.unary(.negate, scaled)))
    var step = graph.add(ceiling, -1)
    // With a threshold below 0 every prediction is above the first.
    if thresholds[0] < 0 { step = graph.maximum(step, 0) }
    return graph.binary(.greaterOrEqual, step, graph.vector(thresholds.indices.map(Double.init)))
  }
}

/// What ``ThresholdCounting`` counted over all batches, for one column.
package struct ThresholdCounts {
  /// Targets of yes that were answered yes, by threshold.
  package let truePositives: [Double]
  /// Targets of no that were answered yes.
  package let falsePositives: [Double]
  /// Targets of yes that were answered no.
  package let falseNegatives: [Double]
  /// Targets of no that were answered no.
  package let trueNegatives: [Double]

  /// The counts of every column.
  package static func columns(_ totals: [Double], thresholds count: Int) -> [ThresholdCounts] {
    let columns = totals.count / (2 * count + 2)
    return (0..<columns).map { column in
      let right = Array(totals[column * count..<(column + 1) * count])
      let wrong = Array(totals[(columns + column) * count..<(columns + column + 1) * count])
      let (yes, no) = (
        totals[2 * columns * count + column], totals[2 * columns * count + columns + column]
      )
      return ThresholdCounts(
        truePositives: right, falsePositives: wrong, falseNegatives: right.map { yes - $0 },
        trueNegatives: wrong.map { no - $0 })
    }
  }

  /// TP / (TP + FN), by threshold.
  package var recall: [Double] { shares(truePositives, falseNegatives) }
  /// TP / (TP + FP), by threshold.
  package var precision: [Double] { shares(truePositives, falsePositives) }
  /// TN / (TN + FP), by threshold.
  package var specificity: [Double] { shares(trueNegatives, falsePositives) }
  /// FP / (FP + TN), by threshold.
  package var falsePositiveRate: [Double] { shares(falsePositives, trueNegatives) }
}

/// part / (part + rest), 0 where there is nothing.
private func shares(_ part: [Double], _ rest: [Double]) -> [Double] {
  zip(part, rest).map { $0 + $1 == 0 ? 0 : $0 / ($0 + $1) }
}

extension Graph {
  /// The so many largest elements along the last axis, of equals the first; all others are replaced.
  fileprivate mutating func largest(_ value: Value, count: Int, others: Double) -> Value {
    let shape = shape(value)
    let width = shape[-1]
    let own = reshape(value, to: Shape(shape.extents + [1]))
    let other = reshape(value, to: Shape(shape.extents.dropLast() + [1, width]))
    let numbers = vector((0..<width).map(Double.init))
    let isEarlier = binary(
      .greater, reshape(numbers, to: [width, 1]), reshape(numbers, to: [1, width]))
    let tie = multiply(binary(.equal, other, own), isEarlier)
    let rank = sum(add(binary(.greater, other, own), tie), axes: [-1])
    return select(isLess(rank, Double(count)), value, constant(others))
  }
}
