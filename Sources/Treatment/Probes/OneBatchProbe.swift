package import CaseFile
import Diagnosis
import Engine
import JSON
import Training

/// Whether a model can learn a few rows by heart: one batch, shown again and again, with Adam, so that
/// neither the user's rate nor the length of the run decides.
package struct OneBatchProbe {
  /// The run.
  let run: Run
  /// Trains models.
  let runner: TrialRunner

  /// A probe of a run.
  package init(run: Run, runner: TrialRunner) {
    self.run = run
    self.runner = runner
  }

  /// A usual batch.
  private static let rows = 32
  /// Adam at this rate settles within as many steps on any small batch that a model can learn.
  private static let rate = 0.01
  private static let steps = 600
  /// Multiplications of the forward pass that it may take, about a second's worth.
  private static let products = 3e9

  /// Trains on the batch; `nil` where it cannot be trained, or would take too long.
  package func measure() -> Outcome? {
    guard let model = try? run.model(), run.data.training.rowCount >= Self.rows,
      run.costOfOneRow(model).multiplications * Double(Self.rows * Self.steps) < Self.products,
      var single = try? run.applying([
        Edit(
          target: "optimizer",
          to: ["class_name": "Adam", "config": ["learning_rate": .double(Self.rate)]])
      ])
    else { return nil }
    let step = Double(run.data.training.rowCount) / Double(Self.rows)
    let rows = (0..<Self.rows).map { Int(Double($0) * step) }
    single.data = RunData(training: run.data.training.picked(rows), heldOut: nil)
    single.callbacks = []
    single.fit.epochs = single.fit.initialEpoch + Self.steps
    single.fit.batchSize = Self.rows
    return try? runner.outcome(TrialRunner.Job(run: single, seed: 1))
  }
}
