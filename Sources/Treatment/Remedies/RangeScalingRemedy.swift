import CaseFile
import Diagnosis
import JSON

/// Features between 0 and 1.
struct RangeScalingRemedy: RemedyRule {
  let causes: Set<String> = ["feature-scale"]

  func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    [
      Remedy(
        edits: [Edit(target: "data.x.scale", to: "min-max")], summary: "features between 0 and 1")
    ]
  }
}
