import CaseFile
import Diagnosis
import Engine
import JSON
import Networks
import Training

/// The losses that a range of learning rates reaches on a short run, all from the initial weights.
struct RateSweep {
  /// The run.
  let run: Run
  /// Prepares programs.
  let runner: TrialRunner

  /// Factors on the user's rate. Rates further away are another matter than a slip of the rate.
  private static let factors = [1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3, 1, 3, 10, 100, 1e3, 1e4, 1e5]
  /// Rates outside these bounds are of no use with any optimizer.
  private static let bounds = 1e-9...10.0
  /// So many steps show which rate leads; the range test of Smith (2017) takes a few hundred.
  private static let steps = 400
  /// Multiplications of the forward pass that all rates together may take, some seconds' worth, and
  /// the fewest steps that tell rates of another size apart.
  private static let products = 6e10
  private static let fewestSteps = 25

  private var costOfOneRow: Double? {
    (try? run.model()).map { run.costOfOneRow($0).multiplications }
  }

  /// The factors that are left out where all of them cost too much: each is near one that stays.
  private static let dispensable: Set<Double> = [1e-4, 1e-3, 0.03, 0.3, 3, 1e3, 1e4, 1e5]

  /// Trains a little with every rate.
  func measure(around rate: Double) -> [RateProbe] {
    let rows = min(run.data.training.rowCount, max(1, run.fit.batchSize))
    let isCostly =
      Double(RateSweep.factors.count * RateSweep.fewestSteps * rows) * (costOfOneRow ?? 0)
      > RateSweep.products
    let factors = RateSweep.factors.filter { !isCostly || !RateSweep.dispensable.contains($0) }
    let rates = factors.map { RateReading.rounded($0 * rate) }
      .filter { RateSweep.bounds.contains($0) || $0 == RateReading.rounded(rate) }
    let batch = max(1, min(run.fit.batchSize, run.data.training.rowCount))
    let batches = max(1, (run.data.training.rowCount + batch - 1) / batch)
    let perStep = Double(batch * rates.count) * (costOfOneRow ?? 0)
    let affordable = Int(min(RateSweep.products / max(1, perStep), Double(RateSweep.steps)))
    let steps = max(RateSweep.fewestSteps, affordable)
    let epochs = min(run.fit.epochs, max(1, (steps + batches - 1) / batches))
    let jobs = rates.compactMap { rate -> TrialRunner.Job? in
      let edit = Edit(target: "optimizer.learning_rate", to: .double(rate))
      guard let edited = try? run.applying([edit]) else { return nil }
      return TrialRunner.Job(run: edited, seed: 1, epochs: epochs)
    }
    return zip(rates, runner.outcomes(jobs)).compactMap { rate, result in
      guard let outcome = try? result.get() else { return nil }
      let loss = outcome.isFinite ? outcome.trainingLoss : .infinity
      return RateProbe(rate: rate, loss: loss)
    }
  }
}
