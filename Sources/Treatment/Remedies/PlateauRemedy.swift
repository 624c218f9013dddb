package import CaseFile
import Diagnosis
import JSON

/// Lowers the rate whenever the loss stops falling.
package struct PlateauRemedy: RemedyRule {
  package let causes: Set<String> = ["learning-rate-high"]

  /// Creates the remedy.
  package init() {}

  private static let factor = 0.3
  /// It waits for this share of the run before it lowers the rate, so that it can do so several times.
  private static let share = 0.05
  private static let fewest = 2

  package func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    let rate = run.compilation["optimizer"]?["config"]?["learning_rate"]
    // A diverging run is past help by the time the callback looks at it.
    guard rate?.double != nil, facts.measurements?.baseline.first?.isFinite != false else {
      return []
    }
    let patience = max(Self.fewest, Int(Double(run.fit.epochs) * Self.share))
    let callback: JSONValue = [
      "class_name": "ReduceLROnPlateau",
      "config": [
        "monitor": run.validates ? "val_loss" : "loss", "factor": .double(Self.factor),
        "patience": .int(patience),
      ],
    ]
    return adding(
      callback, to: run,
      summary: "ReduceLROnPlateau, which lowers the rate where the loss stops falling")
  }
}
