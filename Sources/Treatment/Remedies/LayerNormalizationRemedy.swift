import CaseFile
import Diagnosis
import JSON

/// LayerNormalization behind each hidden layer (Ba, Kiros and Hinton 2016), which keeps signals and
/// gradients of one size and, unlike BatchNormalization, does not ask for large batches.
struct LayerNormalizationRemedy: RemedyRule {
  let causes: Set<String> = ["vanishing-gradients", "exploding-gradients"]

  func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    inserting(
      ["class_name": "LayerNormalization", "config": [:]],
      behind: hiddenLayers(facts, of: ["Dense", "LSTM", "GRU", "SimpleRNN"], units: 2),
      summary: "LayerNormalization")
  }
}
