import CaseFile
import Diagnosis
package import Engine
import Networks
import Tensors
import Training

/// The loss of a run's first step, where the first step takes all rows at once: a number that the user's
/// first epoch must show, on whatever machine.
package struct FirstStepProbe {
  /// The run.
  let run: Run
  /// Prepares programs.
  let backend: any Backend

  /// A probe of a run.
  package init(run: Run, backend: any Backend) {
    self.run = run
    self.backend = backend
  }

  /// Measures it over every row that the user trained on; `nil` where an epoch has several steps.
  package func measure() throws -> Double? {
    var data = run.data.training
    if !run.validates, let setAside = run.data.heldOut {
      guard let all = data.appending(setAside) else { return nil }
      data = all
    }
    guard run.fit.batchSize >= data.rowCount, run.fit.classWeight.isEmpty else { return nil }
    let trainer = try run.trainer(on: backend)
    let state = try trainer.initialState(
      parameters: run.initialParameters(of: run.model(), seed: 1), seed: 1)
    return try trainer.evaluate(
      state, data: data.trainingData, batchSize: data.rowCount)["loss"]
  }
}

extension RunRows {
  /// These rows followed by others of the same shapes; `nil` where shapes differ.
  fileprivate func appending(_ other: RunRows) -> RunRows? {
    func joined(_ first: [Tensor], _ second: [Tensor]) -> [Tensor]? {
      guard first.count == second.count else { return nil }
      var result: [Tensor] = []
      for (a, b) in zip(first, second) {
        guard a.rowLength == b.rowLength else { return nil }
        result.append(a.followed(by: b))
      }
      return result
    }
    guard let inputs = joined(inputs, other.inputs), let targets = joined(targets, other.targets),
      let weights = joined(sampleWeights, other.sampleWeights)
    else { return nil }
    var data = self
    (data.inputs, data.targets, data.sampleWeights) = (inputs, targets, weights)
    return data
  }
}
