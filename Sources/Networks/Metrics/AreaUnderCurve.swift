import Foundation
package import Graphs
package import JSON

/// The area under a curve through all thresholds: true against false positives (`ROC`), precision
/// against recall (`PR`), or the gains of both (`PRGAIN`).
package struct AreaUnderCurve: ConfusionMetric {
  package static let className = "AUC"
  package static let isHigherBetter: Bool? = true
  package let counting: ThresholdCounting
  package let curve: String
  package let summation: String
  package let columnWeights: [Double]
  package let fromLogits: Bool

  /// How far the outermost thresholds lie beyond 0 and 1.
  private static let margin = 1e-7

  package init(configuration: Configuration) throws {
    fromLogits = try configuration.bool("from_logits", default: false)
    curve = try configuration.string("curve", default: "ROC").uppercased()
    summation = try configuration.string("summation_method", default: "interpolation").lowercased()
    let choices = [
      ("curve", curve, ["ROC", "PR", "PRGAIN"]),
      ("summation_method", summation, ["interpolation", "majoring", "minoring"]),
    ]
    for (key, found, known) in choices where !known.contains(found) {
      throw configuration.error(
        key, found: configuration.values[key], expected: known.joined(separator: ", "))
    }
    let count = try configuration.int("num_thresholds", default: 200)
    let given = try configuration.doubles("thresholds")?.sorted()
    guard count > 1 || given != nil else {
      throw configuration.error(
        "num_thresholds", found: .int(count), expected: "more than 1")
    }
    let inner = given ?? (1..<max(1, count - 1)).map { Double($0) / Double(count - 1) }
    var counting = ThresholdCounting(
      thresholds: [-Self.margin] + inner + [1 + Self.margin])
    counting.configured = given
    counting.countsColumns = try configuration.bool("multi_label", default: false)
    columnWeights = try configuration.doubles("label_weights") ?? []
    if !counting.countsColumns { counting.columnWeights = columnWeights }
    self.counting = counting
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if let given = counting.configured {
      result["thresholds"] = .array(given.map { .double($0) })
    }
    result.set("num_thresholds", counting.thresholds.count, default: 200)
    result.set("curve", curve, default: "ROC")
    result.set("summation_method", summation, default: "interpolation")
    result.set("multi_label", counting.countsColumns, default: false)
    if !columnWeights.isEmpty {
      result["label_weights"] = .array(columnWeights.map { .double($0) })
    }
    result.set("from_logits", fromLogits, default: false)
    return result
  }

  package func statistics(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> [Value] {
    var prediction = prediction
    if fromLogits { prediction.value = graph.unary(.sigmoid, prediction.value) }
    return try counting.statistics(
      target: target, prediction: prediction, weights: weights, metric: Self.className, in: &graph)
  }

  /// The area of one column; several are averaged by their weights.
  package func values(_ counts: ThresholdCounts) -> [Double] { [area(counts)] }

  package func results(_ totals: [Double]) -> [Double] {
    let areas = ThresholdCounts.columns(totals, thresholds: counting.thresholds.count).map(area)
    guard counting.countsColumns, columnWeights.count == areas.count else {
      return [areas.reduce(0, +) / Double(max(1, areas.count))]
    }
    let weight = columnWeights.reduce(0, +)
    return [weight == 0 ? 0 : zip(areas, columnWeights).map(*).reduce(0, +) / weight]
  }

  private func area(_ counts: ThresholdCounts) -> Double {
    if curve == "PR", summation == "interpolation" { return interpolatedPrecision(counts) }
    let (x, y) = points(counts)
    return (1..<x.count).reduce(0) { sum, index in
      let (left, right) = (y[index - 1], y[index])
      let height =
        switch summation {
        case "minoring": min(left, right)
        case "majoring": max(left, right)
        default: (left + right) / 2
        }
      return sum + (x[index - 1] - x[index]) * height
    }
  }

  private func points(_ counts: ThresholdCounts) -> (x: [Double], y: [Double]) {
    switch curve {
    case "ROC": return (counts.falsePositiveRate, counts.recall)
    case "PR": return (counts.recall, counts.precision)
    default:
      // Flach & Kull 2015. Where nothing is right, the gain of recall is 0 and that of precision 1;
      // recall worse than chance counts as 0.
      let indices = counts.truePositives.indices
      let gains = indices.map { index -> (Double, Double) in
        let right = counts.truePositives[index]
        guard right != 0 else { return (0, 1) }
        let negatives = counts.trueNegatives[index] + counts.falsePositives[index]
        let odds = negatives == 0 ? 0 : (right + counts.falseNegatives[index]) / negatives
        return (
          max(0, 1 - odds * counts.falseNegatives[index] / right),
          1 - odds * counts.falsePositives[index] / right
        )
      }
      return (gains.map(\.0), gains.map(\.1))
    }
  }

  /// Between two thresholds the right answers grow evenly with all of them: Davis & Goadrich 2006.
  private func interpolatedPrecision(_ counts: ThresholdCounts) -> Double {
    let right = counts.truePositives
    let answers = zip(right, counts.falsePositives).map(+)
    return (1..<right.count).reduce(0) { sum, index in
      let more = right[index - 1] - right[index]
      let moreAnswers = max(0, answers[index - 1] - answers[index])
      let slope = moreAnswers == 0 ? 0 : more / moreAnswers
      let intercept = right[index] - slope * answers[index]
      let ratio =
        answers[index - 1] > 0 && answers[index] > 0 ? answers[index - 1] / answers[index] : 1
      let positives = max(0, right[index] + counts.falseNegatives[index])
      return positives == 0 ? sum : sum + slope * (more + intercept * log(ratio)) / positives
    }
  }
}
