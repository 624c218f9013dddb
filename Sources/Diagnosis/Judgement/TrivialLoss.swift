package import CaseFile

/// The loss of the best constant prediction and the lowest loss that any prediction can reach: the
/// two ends between which the loss of a model is judged.
package struct TrivialLoss: Hashable, Sendable {
  /// The loss of the best constant prediction.
  package var trivial: Double
  /// The lowest loss that any prediction can reach.
  package var floor: Double

  /// For the targets of a reading; see ``init(loss:targets:units:)``.
  package init?(_ reading: ContractReading) {
    self.init(loss: reading.loss, targets: reading.targets, units: reading.head.units)
  }

  /// From the targets' facts; `nil` for losses without a closed form here. Without targets a
  /// cross-entropy is taken to be over equally frequent classes.
  package init?(loss: LossReading, targets: ArrayFacts?, units: Int?) {
    floor = 0
    guard let targets, targets.overall.count > 0 else {
      guard loss.isCrossentropy, let units else { return nil }
      trivial = logarithm(loss.family == .binary ? 2 : Double(max(2, units)))
      return
    }
    switch loss.family {
    case .sparse:
      guard !targets.distinct.isEmpty else { return nil }
      trivial = TrivialLoss.entropy(
        targets.distinct.map { Double($0.count) / Double(targets.overall.count) })
    case .categorical:
      guard targets.shape.count > 1, targets.columns.count > 1 else { return nil }
      trivial = TrivialLoss.entropy(targets.columns.map(\.mean))
    case .binary:
      let columns = targets.columns.isEmpty ? [targets.overall] : targets.columns
      trivial =
        columns.map { TrivialLoss.entropy([$0.mean, 1 - $0.mean]) }.reduce(0, +)
        / Double(columns.count)
      let values = targets.percentiles
      if !values.isEmpty, values.contains(where: { $0 > 0 && $0 < 1 }) {
        floor =
          values.map { TrivialLoss.entropy([$0, 1 - $0]) }.reduce(0, +) / Double(values.count)
      }
    case .regression:
      guard let loss = TrivialLoss.regression(loss.name, targets) else { return nil }
      trivial = loss
    case .other:
      return nil
    }
    guard trivial.isFinite, trivial > floor else { return nil }
  }

  /// −Σ p ln p over the probabilities that are not 0.
  private static func entropy(_ probabilities: [Double]) -> Double {
    -probabilities.filter { $0 > 0 && $0 < 1 }.map { $0 * logarithm($0) }.reduce(0, +)
  }

  private static func regression(_ name: String, _ targets: ArrayFacts) -> Double? {
    let columns = targets.columns.isEmpty ? [targets.overall] : targets.columns
    func mean(_ figure: (Statistics) -> Double) -> Double {
      columns.map(figure).reduce(0, +) / Double(columns.count)
    }
    switch name {
    case "mean_squared_error": return mean { $0.standardDeviation * $0.standardDeviation }
    case "mean_absolute_error", "huber", "log_cosh":
      let values = targets.percentiles
      guard values.count > 1, columns.count == 1 else {
        // The mean absolute deviation of a normal variable is √(2/π) of its spread.
        return name == "mean_absolute_error" ? 0.8 * mean(\.standardDeviation) : nil
      }
      // Smallest over constants on the percentiles themselves: the losses are convex.
      return values.map { constant in
        values.map { error(name, abs($0 - constant)) }.reduce(0, +) / Double(values.count)
      }.min()
    default: return nil
    }
  }

  private static func error(_ name: String, _ distance: Double) -> Double {
    switch name {
    case "huber": distance <= 1 ? distance * distance / 2 : distance - 0.5
    case "log_cosh": distance > 20 ? distance - 0.6931 : logarithm(cosine(distance))
    default: distance
    }
  }

  private static func cosine(_ x: Double) -> Double { (exponential(x) + exponential(-x)) / 2 }

  /// How much of what a constant leaves open a loss explains; 1 is perfect, 0 no better than one.
  package func skill(_ loss: Double) -> Double { (trivial - loss) / (trivial - floor) }
}
