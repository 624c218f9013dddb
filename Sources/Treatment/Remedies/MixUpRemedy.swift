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
    guard isMeasured(run, facts, axes: 2), let targets = facts.data?.targets else { return [] }
    let kind: String
    switch TargetReading(targets) {
    case .binary, .classes: kind = "labels"
    case .oneHot: kind = "one-hot"
    case .real: kind = "all"
    default: return []
    }
    return altering(
      ["copies": .int(Self.copies), "mix_up": .string(kind)],
      summary: "mix-up: \(Self.copies) rows between two for each row")
  }
}
