import CaseFile
import JSON

/// How far an optimizer of Adam's kind can move freshly drawn weights within a run, whatever the data are.
///
/// Adam divides the mean of the gradients by the root of the mean of their squares, so that no weight moves
/// by more than the rate times (1 − β₁) / √(1 − β₂) a step (Kingma and Ba 2015, §2.1). A kernel of n inputs
/// whose weights all move that far together changes its outputs, against their size at the start, by at most
/// √n times the ratio of that way to the weights' root mean square.
struct TravelBound {
  /// The rate.
  let rate: Double
  /// The steps of the run.
  let steps: Int
  /// The largest share by which any kernel's outputs can change.
  let share: Double

  /// Optimizers whose steps are bounded so.
  private static let optimizers: Set<String> = ["Adam", "AdamW", "Nadam", "Adamax"]
  /// Outputs that change by less than this share within the whole run stay what they were.
  static let still = 0.05

  /// `nil` where optimizer, length of the run or weights are not known, or were not drawn afresh.
  init?(_ facts: CaseFile) {
    guard let compilation = facts.compilation, let model = facts.model, let fit = facts.fit,
      TravelBound.optimizers.contains(compilation.optimizer),
      let rate = compilation.optimizerConfiguration["learning_rate"]?.double, rate > 0,
      let steps = TooFewEpochs.steps(facts, epochs: fit.epochs - fit.initialEpoch)
    else { return nil }
    let settings = compilation.optimizerConfiguration
    let first = settings["beta_1"]?.double ?? 0.9
    let second = settings["beta_2"]?.double ?? 0.999
    guard (0..<1).contains(first), (0..<1).contains(second) else { return nil }
    let longest = rate * max(1, (1 - first) / (1 - second).squareRoot())
    var share = 0.0
    for layer in model.layers where layer.isTrainable {
      for kernel in layer.variables where kernel.isTrainable && kernel.shape.count > 1 {
        guard let size = kernel.statistics?.rootMeanSquare, size > 0 else { return nil }
        let inputs = Double(kernel.shape.dropLast().reduce(1, *))
        share = max(share, longest * Double(steps) / size * inputs.squareRoot())
      }
    }
    guard share > 0 else { return nil }
    (self.rate, self.steps, self.share) = (rate, steps, share)
  }
}
