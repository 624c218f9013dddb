import Engine

/// Adam, with or without weight decay: rows without a gradient move on, so they lag behind.
final class AdamRowRule: RowRule {
  private let passes: AdamRows
  private let beta1: Double
  private let beta2: Double
  private let decay: Double

  /// A rule; `nil` for arguments with which rows cannot lag.
  init?(beta1: Double, beta2: Double, epsilon: Double, options: OptimizerOptions) {
    guard let passes = AdamRows(beta1: beta1, beta2: beta2, epsilon: epsilon) else { return nil }
    self.passes = passes
    self.beta1 = beta1
    self.beta2 = beta2
    decay = options.weightDecay ?? 0
  }

  var mostAge: Int? { passes.mostAge }

  func open(_ rows: TableRows, part: Int) { passes.open(rows, part: part) }

  func settle(_ rows: TableRows, part: Int) { passes.settle(rows, part: part) }

  func advance(rate: Float, number: Int) {
    passes.advance(
      alpha: Adam.alpha(rate, number: number, beta1: beta1, beta2: beta2),
      kept: 1 - Float(decay) * rate)
  }

  func step(_ rows: TableRows, part: Int) { passes.step(rows, part: part) }
}
