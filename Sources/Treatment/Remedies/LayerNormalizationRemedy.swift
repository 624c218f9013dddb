import CaseFile
import Diagnosis
import JSON

/// LayerNormalization behind each hidden layer (Ba, Kiros and Hinton 2016), which keeps signals and
/// gradients of one size and, unlike BatchNormalization, does not ask for large batches.
struct LayerNormalizationRemedy: RemedyRule {
  let causes: Set<String> = ["vanishing-gradients", "exploding-gradients"]

  func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    let layers = hiddenLayers(facts, of: ["Dense", "LSTM", "GRU", "SimpleRNN"], units: 2)
    guard !layers.isEmpty else { return [] }
    return [
      Remedy(
        edits: layers.map {
          Edit(
            target: "layers.\($0.name).insert_after",
            to: ["class_name": "LayerNormalization", "config": [:]])
        }, summary: "LayerNormalization behind \(layers.count) hidden layers")
    ]
  }
}
