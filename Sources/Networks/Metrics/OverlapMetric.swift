package import Graphs
import JSON
import Tensors

/// The share of what is a class or is called so that is both: TP / (TP + FP + FN), averaged over
/// classes.
package protocol OverlapMetric: Metric {
  /// The arguments.
  var overlap: Overlap { get }
}

/// The arguments of the metrics of overlap.
package struct Overlap: Hashable, Sendable {
  /// How many classes there are.
  package var classes: Int
  /// The classes that are averaged.
  package var averaged: [Int]
  /// Targets of this class count for nothing.
  package var ignored: Int?
  /// Whether targets are class numbers, not scores of classes.
  package var hasClassTargets = true
  /// Whether predictions are class numbers, not scores of classes.
  package var hasClassPredictions = true
  /// The axis of the classes in scores.
  package var axis = -1
  /// From which prediction on the answer is 1, for two classes.
  package var threshold: Double?
  /// Keras' type of the counts; `int`, the standard one, cuts weights down to whole numbers.
  package var dtype: String?

  var isIntegral: Bool { !(dtype ?? "int").contains("float") }
}

extension OverlapMetric {
  /// More is better.
  package static var isHigherBetter: Bool? { true }

  /// Reads the arguments that the metrics share.
  static func read(_ configuration: Configuration) throws -> Overlap {
    let classes = try configuration.int("num_classes")
    guard classes > 0 else {
      throw configuration.error(
        "num_classes", found: .int(classes), expected: "a positive number")
    }
    var overlap = Overlap(
      classes: classes,
      averaged: try configuration.ints("target_class_ids") ?? Array(0..<classes))
    guard overlap.averaged.allSatisfy((0..<classes).contains) else {
      throw configuration.error(
        "target_class_ids", found: configuration.values["target_class_ids"],
        expected: "numbers below \(classes)")
    }
    if configuration.value("ignore_class") != nil {
      overlap.ignored = try configuration.int("ignore_class")
    }
    overlap.hasClassTargets = try configuration.bool("sparse_y_true", default: true)
    overlap.hasClassPredictions = try configuration.bool("sparse_y_pred", default: true)
    overlap.axis = try configuration.int("axis", default: -1)
    overlap.dtype = configuration.value("dtype")?.string
    return overlap
  }

  /// The arguments that are written, besides those of a kind of metric alone.
  func baseConfiguration() -> JSONObject {
    var result: JSONObject = ["num_classes": .int(overlap.classes)]
    if let ignored = overlap.ignored { result["ignore_class"] = .int(ignored) }
    result.set("axis", overlap.axis, default: -1)
    if let dtype = overlap.dtype { result["dtype"] = .string(dtype) }
    return result
  }

  package func statistics(
    target: Value, prediction: Prediction, weights: Value?, in graph: inout Graph
  ) throws -> [Value] {
    let subject = "metric \(Self.className)"
    func numbers(_ value: Value, areNumbers: Bool) throws -> Value {
      if areNumbers { return value }
      let shape = graph.shape(value)
      guard (-shape.rank..<shape.rank).contains(overlap.axis) else {
        throw ShapeError(
          subject: subject, found: "scores of shape \(shape)", expected: "an axis \(overlap.axis)")
      }
      return graph.argMax(value, axis: overlap.axis)
    }
    let truth = try numbers(target, areNumbers: overlap.hasClassTargets)
    var answer = try numbers(prediction.value, areNumbers: overlap.hasClassPredictions)
    if let threshold = overlap.threshold {
      answer = graph.binary(.greaterOrEqual, answer, graph.constant(threshold))
    }
    let shape = graph.shape(truth)
    guard shape.count == graph.shape(answer).count else {
      throw ShapeError(loss: subject, target: shape, prediction: graph.shape(answer))
    }
    var weight = graph.constant(1, shape: shape)
    if let weights { weight = try graph.spread(weights, over: shape, subject: subject) }
    if overlap.isIntegral { weight = cut(weight, in: &graph) }
    let flat: Shape = [shape.count]
    let label = graph.reshape(cut(truth, in: &graph), to: flat)
    if let ignored = overlap.ignored {
      let counts = graph.not(graph.binary(.equal, label, graph.constant(Double(ignored))))
      weight = graph.multiply(graph.reshape(weight, to: flat), counts)
    }
    let rows = graph.multiply(
      graph.oneHot(label, classes: overlap.classes), graph.reshape(weight, to: [shape.count, 1]))
    let columns = graph.oneHot(
      graph.reshape(cut(answer, in: &graph), to: flat), classes: overlap.classes)
    return [graph.matrixProduct(rows, columns, transposeLeft: true)]
  }

  /// Without what stands behind the point.
  private func cut(_ value: Value, in graph: inout Graph) -> Value {
    let size = graph.unary(.floor, graph.unary(.absolute, value))
    return graph.multiply(graph.unary(.sign, value), size)
  }

  package func results(_ totals: [Double]) -> [Double] {
    let count = overlap.classes
    let shares = overlap.averaged.compactMap { number -> Double? in
      let row = (0..<count).map { totals[number * count + $0] }.reduce(0, +)
      let column = (0..<count).map { totals[$0 * count + number] }.reduce(0, +)
      let right = totals[number * count + number]
      let union = row + column - right
      // A class that does not occur is left out.
      return union > 1e-9 ? right / (union + 1e-7) : nil
    }
    return [shares.reduce(0, +) / (Double(shares.count) + 1e-7)]
  }
}
