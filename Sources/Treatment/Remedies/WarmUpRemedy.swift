package import CaseFile
import Diagnosis
import JSON

/// A rate that rises from nothing over the first tenth of the steps (Goyal et al. 2017) and then falls
/// along a cosine: for runs that the first steps throw off.
package struct WarmUpRemedy: RemedyRule {
  package let causes: Set<String> = ["learning-rate-high", "exploding-gradients"]

  /// Creates the remedy.
  package init() {}

  private static let share = 0.1
  /// Over fewer steps nothing warms up.
  private static let fewest = 20

  package func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    let (all, rate) = (steps(of: run), run.compilation["optimizer"]?["config"]?["learning_rate"])
    guard let top = rate?.double, top > 0, all >= Self.fewest else { return [] }
    let rising = max(1, Int(Double(all) * Self.share))
    return [
      Remedy(
        edits: [
          Edit(
            target: "optimizer.learning_rate", from: .double(top),
            to: [
              "module": "keras.optimizers.schedules", "class_name": "CosineDecay",
              "config": [
                "initial_learning_rate": 0.0, "decay_steps": .int(all - rising),
                "warmup_target": .double(top), "warmup_steps": .int(rising),
              ],
            ])
        ], summary: "a rate that warms up over \(rising) steps and then falls along a cosine")
    ]
  }
}
