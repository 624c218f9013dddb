package import Engine
import Networks
import Tensors
package import Training

/// The loss of a trained model on rows whose features are all 0: a model that looks at its features must
/// do worse without them.
package struct ZeroedInputsProbe {
  /// The run.
  let run: Run
  /// Prepares programs.
  let backend: any Backend

  /// A probe of a run.
  package init(run: Run, backend: any Backend) {
    self.run = run
    self.backend = backend
  }

  /// Evaluates copies of the rows; neither the state nor the run changes.
  package func measure(_ state: TrainingState) throws -> Double? {
    var rows = run.data.training
    rows.inputs = rows.inputs.map {
      Tensor(shape: $0.shape, scalars: [Float](repeating: 0, count: $0.scalars.count))
    }
    let trainer = try run.trainer(on: backend)
    return try trainer.evaluate(
      state, data: rows.trainingData, batchSize: TrialRunner.evaluationBatch)["loss"]
  }
}
