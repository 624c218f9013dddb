import CaseFile
import Engine
import Networks
import Training

/// A run of a few steps from a given state, for probes.
struct ShortRun {
  private let run: Run
  private let backend: any Backend

  /// Prepares steps of a run.
  init(_ run: Run, backend: any Backend) {
    self.run = run
    self.backend = backend
  }

  /// The state after a number of steps; the state that is handed in stays as it is.
  func state(
    from start: TrainingState, steps: Int, compilation: Compilation
  ) throws -> TrainingState {
    let trainer = try Trainer(model: run.model(), compilation: compilation, backend: backend)
    var state = start
    var left = steps
    var options = run.trialOptions
    let batches = max(1, (run.data.training.rowCount + options.batchSize - 1) / options.batchSize)
    options.epochs = (steps + batches - 1) / batches
    try trainer.fit(
      &state, data: run.data.training.trainingData, options: options,
      onBatch: { _ in
        left -= 1
        return left > 0 ? .proceed : .stop
      })
    return state
  }
}

extension Run {
  /// The arguments of `fit` for trials: the validation rows were set aside before.
  var trialOptions: FitOptions {
    var options = FitOptions(fit)
    options.validationSplit = 0
    options.epochs = max(1, fit.epochs - fit.initialEpoch)
    options.initialEpoch = 0
    options.batchSize = min(options.batchSize, max(1, data.training.rowCount))
    return options
  }
}
