import CaseFile
import Diagnosis
import JSON
import Tensors
import Training

/// Rows between two rows of a table: of the same class, or, for measurements, any two.
struct MixUpRemedy: RemedyRule {
  let causes: Set<String> = ["overfitting", "too-little-data"]

  /// With three altered copies of each row the original ones are a quarter.
  private static let copies = 3

  func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    guard run.data.training.inputs.count == 1, run.data.training.inputs[0].shape.rank == 2,
      let targets = facts.data?.targets, facts.hasMeasuredInputs
    else { return [] }
    let kind: String
    switch TargetReading(targets) {
    case .binary, .classes: kind = "labels"
    case .oneHot: kind = "one-hot"
    case .real: kind = "all"
    default: return []
    }
    return [
      Remedy(
        edits: [
          Edit(
            target: "data.augment", to: ["copies": .int(Self.copies), "mix_up": .string(kind)])
        ], summary: "mix-up: \(Self.copies) rows between two for each row")
    ]
  }
}
