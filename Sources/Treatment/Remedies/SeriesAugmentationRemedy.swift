import CaseFile
import Diagnosis
import JSON
import Tensors
import Training

/// Series with noise on each value and a factor on the whole.
struct SeriesAugmentationRemedy: RemedyRule {
  let causes: Set<String> = ["overfitting", "too-little-data"]

  private static let copies = 3
  /// The spread of the noise in spreads of a value, and that of the factor: sensors differ by as much.
  private static let jitter = 0.1
  private static let scaling = 0.1

  func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    guard isMeasured(run, facts, axes: 3) else { return [] }
    return altering(
      [
        "copies": .int(Self.copies), "scaling": .double(Self.scaling),
        "jitter": .double(Self.jitter),
      ], summary: "series with noise and of other heights, \(Self.copies) for each")
  }
}
