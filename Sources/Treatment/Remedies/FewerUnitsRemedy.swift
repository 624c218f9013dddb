import CaseFile
import Diagnosis
import JSON

/// A quarter of the units in the wide hidden layers.
struct FewerUnitsRemedy: RemedyRule {
  let causes: Set<String> = ["overfitting", "too-little-data"]

  /// A quarter of the units is a sixteenth of the weights between two hidden layers.
  private static let divisor = 4
  /// Narrower layers are left alone: a quarter of them would not learn.
  private static let wide = 32

  func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    let layers = hiddenLayers(facts, of: ["Dense"], units: Self.wide)
    guard !layers.isEmpty else { return [] }
    return [
      Remedy(
        edits: layers.map {
          Edit(
            target: "layers.\($0.name).units", from: .int($0.units ?? 0),
            to: .int(($0.units ?? 0) / Self.divisor))
        }, summary: "a quarter of the units in \(layers.count) hidden layers")
    ]
  }
}
