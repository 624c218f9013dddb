import CaseFile
import Diagnosis
import JSON
import KerasFiles

/// Huber's loss, which counts large errors by their size and not by its square (Huber 1964).
struct RobustLossRemedy: RemedyRule {
  let causes: Set<String> = ["outliers"]

  func remedies(for run: Run, _ facts: CaseFile) -> [Remedy] {
    let compilation = CompileFacts(kerasConfiguration: run.compilation)
    guard let loss = LossReading(compilation), loss.name == "mean_squared_error" else { return [] }
    return [
      Remedy(edits: [
        Edit(target: "loss", from: .string(loss.name), to: "huber")
      ])
    ]
  }
}
