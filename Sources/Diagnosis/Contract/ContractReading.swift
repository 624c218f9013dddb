package import CaseFile
import JSON

/// The three parties to the contract of a run: the end of the model, the loss and the targets.
package struct ContractReading: Sendable {
  /// The end of the model.
  package var head: Head
  /// The loss.
  package var loss: LossReading
  /// What the targets are; `nil` without targets.
  package var target: TargetReading?
  /// The targets; `nil` if there are none.
  package var targets: ArrayFacts?
  /// Whether Keras ran on TensorFlow, which computes cross-entropies from the logits that it finds
  /// behind the last activation.
  package var isTensorFlow: Bool
  /// Whether accuracy is among the metrics: a sign that the task is classification.
  package var countsAccuracy: Bool

  /// Reads the parties; `nil` where head or loss cannot be known.
  package init?(_ facts: CaseFile) {
    guard let model = facts.model, let compilation = facts.compilation,
      let head = Head(model), let loss = LossReading(compilation)
    else { return nil }
    self.head = head
    self.loss = loss
    targets = facts.data?.targets
    isTensorFlow = facts.environment?.backend == "tensorflow"
    let metrics = compilation.metrics.array ?? []
    countsAccuracy = metrics.contains { metric in
      let name = metric.string ?? metric["config"]?["name"]?.string ?? ""
      return LogFingerprint.isAccuracy(name)
    }
    target = nil
    target = targets.map { TargetReading($0, hasUnitAxis: hasUnitAxis) }
  }

  /// Targets beyond [0, 1] by less than this are probabilities with rounding.
  package static let probabilityTolerance = 0.01

  /// Whether all targets can be read as probabilities.
  package var areProbabilities: Bool {
    guard let all = targets?.overall else { return true }
    return all.minimum >= -ContractReading.probabilityTolerance
      && all.maximum <= 1 + ContractReading.probabilityTolerance
  }

  /// Whether the targets have an axis for the output units: `[rows, units]` and the like. Without
  /// the shape of the output, arrays of more than one axis are taken to have one.
  package var hasUnitAxis: Bool {
    guard let shape = targets?.shape else { return false }
    guard let rank = head.shape?.count else { return shape.count > 1 }
    return shape.count == rank + 1
  }

  /// The extent of the targets' axis for the output units, 1 if they have none.
  package var columns: Int {
    guard let shape = targets?.shape, hasUnitAxis else { return 1 }
    return shape.last ?? 1
  }

  /// The share of the targets' variance that the last activation can never give, because the
  /// targets lie outside its range: mean((y − clip(y))²) / var(y), from the percentiles.
  package var unreachableShare: Double {
    guard let percentiles = targets?.percentiles, percentiles.count > 1 else { return 0 }
    let mean = percentiles.reduce(0, +) / Double(percentiles.count)
    var (missed, variance) = (0.0, 0.0)
    for value in percentiles {
      let reached = min(max(value, head.range.lowerBound), head.range.upperBound)
      missed += (value - reached) * (value - reached)
      variance += (value - mean) * (value - mean)
    }
    return variance > 0 ? missed / variance : 0
  }
}
