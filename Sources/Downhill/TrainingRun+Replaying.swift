import CaseFile
import Datasets
import Engine
import Training
import Treatment

extension TrainingRun {
  /// So many steps are computed again where the order of the rows follows from the arguments of `fit`.
  private static let replayedSteps = 5

  /// Computes the first recorded steps again; `nil` where nothing is recorded to compare with.
  func replayed(_ run: Run) -> Replay? {
    let losses = firstLosses
    guard !losses.isEmpty else { return nil }
    // Fresh weights are not those that the run began with.
    guard let model = try? run.model(), run.keepsAllWeights(of: model) else { return nil }
    let replay = StepReplay(run: run, backend: CPUBackend())
    let recorded = firstSteps.compactMap(\.trainingRows)
    if !recorded.isEmpty {
      let steps = zip(recorded, losses).map { StepReplay.Step(rows: $0, loss: $1) }
      return replay.compare(steps, hasClassWeights: true)
    }
    guard let rows = orderedRows else {
      return Replay(
        verdict: .notCompared, reason: "the order in which it took the rows is not recorded")
    }
    let size = min(fit.batchSize, rows.rowCount)
    let steps = losses.enumerated().map { index, loss in
      let start = index * size
      return StepReplay.Step(rows: rows.rows(start..<min(start + size, rows.rowCount)), loss: loss)
    }
    return replay.compare(Array(steps), hasClassWeights: false)
  }

  /// The recorded losses of the first steps, one by one from the very first.
  private var firstLosses: [Double] {
    var losses: [Double] = []
    for batch in recorded?.batches ?? [] {
      guard batch.epoch == 1, batch.first == losses.count + 1, batch.last == batch.first,
        losses.count < TrainingRun.replayedSteps
      else { break }
      losses.append(batch.loss)
    }
    return losses
  }

  /// The rows in the order of training, where the arguments of `fit` tell it: without shuffling, or
  /// with all rows in one step.
  private var orderedRows: TrainingData? {
    guard knowsFitArguments, let all = data?.trainingRows else { return nil }
    let count = all.rowCount
    let kept =
      data?.validationTargets == nil
      ? Int((Double(count) * (1 - fit.validationSplit)).rounded(.down)) : count
    guard kept > 0, !fit.shuffle || fit.batchSize >= kept else { return nil }
    return all.rows(0..<kept)
  }
}
