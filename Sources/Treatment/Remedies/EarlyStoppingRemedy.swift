package import CaseFile
import Diagnosis
import JSON

/// Stops where the validation loss turns, and keeps the weights of the best epoch.
package struct EarlyStoppingRemedy: RemedyRule {
  package let causes: Set<String> = ["overfitting"]

  /// Creates the remedy.
  package init() {}

  /// It waits for this share of the run, so that noise does not end it, and at least so many epochs.
  private static let share = 0.1
  private static let fewest = 3

  package func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    guard run.validates else { return [] }
    let patience = max(Self.fewest, Int(Double(run.fit.epochs) * Self.share))
    let callback: JSONValue = [
      "class_name": "EarlyStopping",
      "config": [
        "monitor": "val_loss", "patience": .int(patience), "restore_best_weights": true,
      ],
    ]
    return adding(callback, to: run, summary: "EarlyStopping that restores the best weights")
  }
}
