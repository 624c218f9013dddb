package import CaseFile
import Diagnosis
import JSON

/// A rate that falls along half a cosine from its first value to nothing over the whole run
/// (Loshchilov and Hutter 2017): in the place of a schedule that dies early.
package struct CosineDecayRemedy: RemedyRule {
  package let causes: Set<String> = ["learning-rate-schedule"]

  /// Creates the remedy.
  package init() {}

  package func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    let rate = run.compilation["optimizer"]?["config"]?["learning_rate"]
    guard let rate, let first = rate["config"]?["initial_learning_rate"]?.double, first > 0 else {
      return []
    }
    return [
      Remedy(
        edits: [
          Edit(
            target: "optimizer.learning_rate", from: rate,
            to: [
              "module": "keras.optimizers.schedules", "class_name": "CosineDecay",
              "config": [
                "initial_learning_rate": .double(RateReading.shortest(first)),
                "decay_steps": .int(steps(of: run)),
              ],
            ])
        ], summary: "CosineDecay over all steps of the run")
    ]
  }
}
