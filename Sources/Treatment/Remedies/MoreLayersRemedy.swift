import CaseFile
import Diagnosis
import JSON

/// One more hidden layer before the last one with weights.
struct MoreLayersRemedy: RemedyRule {
  let causes: Set<String> = ["underfitting"]

  private static let units = 64

  func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    // Behind a layer of two or three units another one finds nothing to work on.
    guard let last = hiddenLayers(facts, of: ["Dense"], units: 8).last else { return [] }
    return [
      Remedy(
        edits: [
          Edit(
            target: "layers.\(last.name).insert_after",
            to: [
              "class_name": "Dense",
              "config": [
                "units": .int(Self.units), "activation": "relu",
                "kernel_initializer": "he_normal",
              ],
            ])
        ], summary: "one more hidden layer of \(Self.units) units behind \(last.name)")
    ]
  }
}
