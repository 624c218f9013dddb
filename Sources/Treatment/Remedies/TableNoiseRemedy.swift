import CaseFile
import Diagnosis
import JSON
import Tensors
import Training

/// Rows of a table with a little noise on every number (Bishop 1995: in the limit of small noise the same
/// as a penalty on the slope of the model).
struct TableNoiseRemedy: RemedyRule {
  let causes: Set<String> = ["overfitting", "too-little-data"]

  private static let copies = 3
  /// The spread of the noise in spreads of a column: well below what tells one row from the next.
  private static let jitter = 0.1

  func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    guard isMeasured(run, facts, axes: 2) else { return [] }
    return altering(
      ["copies": .int(Self.copies), "jitter": .double(Self.jitter)],
      summary: "noise on every number, \(Self.copies) altered rows for each row")
  }
}
