package import CaseFile
package import Engine
import Tensors
package import Training

/// Computes the first recorded steps again, from the same weights on the same rows, and compares the
/// losses: where they agree, what trials show here holds for the recorded run too.
package struct StepReplay {
  /// The run, whose weights are those before the first step.
  let run: Run
  /// Prepares programs.
  let backend: any Backend

  /// Losses of float32 arithmetic before any step differ by the order of summation only.
  static let tolerance = 1e-3
  /// After a step, gradients differ by as much again, and optimizers divide by small numbers.
  static let laterTolerance = 1e-2
  /// A change of the weights that rounding alone could make.
  private static let nudge: Float = 1e-6
  /// A nudge that moves the loss by this share of a difference explains it.
  private static let explainingShare = 0.1
  /// Below this share of the first loss, a difference is compared with that instead.
  private static let smallShare = 1e-3
  /// So few epochs' worth of steps is replayed where only the mean of an epoch is recorded.
  private static let mostSteps = 64

  /// A replay of a run.
  package init(run: Run, backend: any Backend) {
    self.run = run
    self.backend = backend
  }

  /// One step to be computed again: its rows, and the loss that was recorded of it.
  package struct Step: Sendable {
    /// The rows of the step.
    package var rows: TrainingData
    /// The recorded loss; `nil` where only a mean over several steps is known.
    package var loss: Double?

    /// One step to be computed again.
    package init(rows: TrainingData, loss: Double?) {
      (self.rows, self.loss) = (rows, loss)
    }
  }

  /// Compares steps.
  ///
  /// - Parameters:
  ///   - steps: The first steps, in their order.
  ///   - hasClassWeights: Whether the weights of the samples hold those of the classes already.
  package func compare(_ steps: [Step], hasClassWeights: Bool) -> Replay {
    do {
      let own = try losses(of: steps.map(\.rows), hasClassWeights, seed: 1, nudge: 0)
      let other = try losses(
        of: [steps[0].rows], hasClassWeights, seed: 2, nudge: 0)
      guard same(own[0], other[0]) else {
        return Replay(
          verdict: .notCompared, reason: "its layers draw random numbers in training")
      }
      return compared(steps, own, hasClassWeights)
    } catch {
      return Replay(verdict: .notCompared, reason: "the steps cannot be computed here: \(error)")
    }
  }

  private func compared(_ steps: [Step], _ own: [Double], _ hasClassWeights: Bool) -> Replay {
    var replay = Replay(verdict: .agrees)
    let scale = abs(steps[0].loss ?? own[0]) * StepReplay.smallShare
    for (index, step) in steps.enumerated() {
      guard let recorded = step.loss else { continue }
      let difference = relative(recorded, own[index], scale)
      let tolerance = index == 0 ? StepReplay.tolerance : StepReplay.laterTolerance
      if difference <= tolerance {
        replay.steps += 1
        replay.largestDifference = max(replay.largestDifference, difference)
        // Behind a loss that is no number nothing can be compared.
        if !recorded.isFinite { break }
        continue
      }
      // A run beyond its stability limit multiplies rounding with every step.
      let nudged = try? losses(
        of: steps.prefix(index + 1).map(\.rows), hasClassWeights, seed: 1,
        nudge: StepReplay.nudge)
      if index > 0, let nudged,
        relative(nudged[index], own[index], scale) > StepReplay.explainingShare * difference
      {
        replay.reason = "from step \(index + 1) on the run multiplies rounding"
        break
      }
      replay.verdict = .disagrees
      replay.disagreement = Replay.Disagreement(
        step: index + 1, recorded: recorded, own: own[index])
      break
    }
    if replay.steps == 0, replay.verdict == .agrees { replay.verdict = .notCompared }
    return replay
  }

  /// The loss of every step, each before its update.
  private func losses(
    of steps: [TrainingData], _ hasClassWeights: Bool, seed: UInt64, nudge: Float
  ) throws -> [Double] {
    let model = try run.model()
    let compilation = try Compilation(configuration: run.compilation, numerics: run.numerics)
    let trainer = try Trainer(model: model, compilation: compilation, backend: backend)
    var state = try trainer.initialState(
      parameters: run.initialParameters(of: model, seed: 1), seed: seed)
    if nudge != 0 {
      for index in state.parameters.indices {
        state.parameters[index] *= 1 + (index.isMultiple(of: 2) ? nudge : -nudge)
      }
    }
    var options = run.trialOptions
    options.epochs = 1
    options.shuffle = false
    options.stepsPerEpoch = nil
    options.validationData = nil
    if hasClassWeights { options.classWeight = [:] }
    let callbacks = try trainer.fitting(
      run.callbacks.filter { !$0.watchesBatches }, state: state, options: options)
    return try steps.map { rows in
      options.batchSize = rows.rowCount
      var loss = Double.nan
      try trainer.fit(
        &state, data: rows, options: options, callbacks: callbacks,
        onBatch: { report in
          loss = report.loss
          return .proceed
        })
      return loss
    }
  }

  private func same(_ first: Double, _ second: Double) -> Bool {
    first == second || (first.isNaN && second.isNaN)
  }

  /// |a − b| as a share of the larger, or of a small part of the first loss.
  private func relative(_ first: Double, _ second: Double, _ scale: Double) -> Double {
    if same(first, second) { return 0 }
    guard first.isFinite, second.isFinite else { return first.isFinite == second.isFinite ? 0 : 1 }
    return abs(first - second) / max(abs(first), abs(second), scale)
  }
}
