package import Graphs
package import JSON

/// A metric made of counts of right and wrong yes-or-no answers.
package protocol ConfusionMetric: Metric {
  /// How answers are counted.
  var counting: ThresholdCounting { get }
  /// The metric by threshold, given the counts.
  func values(_ counts: ThresholdCounts) -> [Double]
}

extension ConfusionMetric {
  package var configuration: JSONObject { counting.configuration }

  package func statistics(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> [Value] {
    try counting.statistics(
      target: target, prediction: prediction, weights: weights, metric: Self.className, in: &graph)
  }

  package func results(_ totals: [Double]) -> [Double] {
    ThresholdCounts.columns(totals, thresholds: counting.thresholds.count).flatMap(values)
  }
}

/// A metric that is the best of one share where another is large enough.
package protocol OperatingPointMetric: ConfusionMetric {
  /// What the other share has to reach.
  var least: Double { get }
  /// Keras' name of ``least``.
  static var leastKey: String { get }
  /// The share that has to be large enough, and the share that is reported, by threshold.
  func shares(_ counts: ThresholdCounts) -> (bound: [Double], reported: [Double])
}

extension OperatingPointMetric {
  /// More is better.
  package static var isHigherBetter: Bool? { true }

  /// Reads ``least`` and `num_thresholds`.
  static func read(
    _ configuration: Configuration
  ) throws -> (least: Double, counting: ThresholdCounting) {
    guard let least = try configuration.double(leastKey), (0...1).contains(least) else {
      throw configuration.error(
        leastKey, found: configuration.values[leastKey], expected: "a number from 0 to 1")
    }
    let count = try configuration.int("num_thresholds", default: 200)
    guard count > 0 else {
      throw configuration.error(
        "num_thresholds", found: .int(count), expected: "a positive number")
    }
    var counting = ThresholdCounting(
      thresholds: count == 1 ? [0.5] : (0..<count).map { Double($0) / Double(count - 1) })
    if configuration.value("class_id") != nil {
      counting.classNumber = try configuration.int("class_id")
    }
    return (least, counting)
  }

  package var configuration: JSONObject {
    var result: JSONObject = [Self.leastKey: .double(least)]
    result.set("num_thresholds", counting.thresholds.count, default: 200)
    if let number = counting.classNumber { result["class_id"] = .int(number) }
    return result
  }

  package func values(_ counts: ThresholdCounts) -> [Double] {
    let (bound, reported) = shares(counts)
    return [zip(bound, reported).filter { $0.0 >= least }.map(\.1).max() ?? 0]
  }
}
