import CaseFile
import Diagnosis
import JSON
import Training

/// Dropout of one half behind the wide hidden layers (Srivastava et al. 2014).
struct DropoutRemedy: RemedyRule {
  let causes: Set<String> = ["overfitting", "too-little-data"]

  /// Of fewer units dropout often silences all.
  private static let widest = 16
  /// The rate of the paper for hidden layers.
  private static let rate = 0.5

  func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    let layers = hiddenLayers(facts, of: ["Dense"], units: Self.widest).filter { layer in
      !(facts.model?.layers ?? []).contains {
        $0.inputs.contains(layer.name) && $0.className == "Dropout"
      }
    }
    return inserting(
      ["class_name": "Dropout", "config": ["rate": .double(Self.rate)]], behind: layers,
      summary: "Dropout \(Self.rate)")
  }
}
