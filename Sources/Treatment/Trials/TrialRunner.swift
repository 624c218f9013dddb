package import CaseFile
import Diagnosis
import Dispatch
package import Engine
package import JSON
import Networks
import Synchronization
package import Training

/// Trains runs and says what they came to. Runs are values and share nothing, so several train side
/// by side, one core each.
package struct TrialRunner: Sendable {
  /// Prepares programs.
  let backend: any Backend
  /// Asked between batches; a run that is cancelled counts for nothing.
  let isCancelled: @Sendable () -> Bool
  /// Told of every epoch of every trial.
  private let watch: @Sendable (TrialEpoch) -> Void
  private let numbers = TrialNumbers()

  /// Evaluation takes larger batches than training: the sums are the same and it is faster.
  static let evaluationBatch = 256
  /// Enough rows to tell penalties, which do not depend on them, from the data's loss.
  private static let penaltyRows = 32

  /// Trains runs on a backend.
  package init(
    backend: any Backend, isCancelled: @escaping @Sendable () -> Bool = { false },
    watch: @escaping @Sendable (TrialEpoch) -> Void = { _ in }
  ) {
    self.backend = backend
    self.isCancelled = isCancelled
    self.watch = watch
  }

  /// One run to be trained.
  package struct Job: Sendable {
    /// The run.
    package var run: Run
    /// The seed of batch order, dropout and fresh weights.
    package var seed: Int
    /// For how many epochs; `nil` for the run's own.
    package var epochs: Int?
    /// The loss by which the trained run is judged; `nil` for the one that it was trained with.
    package var judgingLoss: JSONValue?
    /// One run to be trained.
    package init(run: Run, seed: Int, epochs: Int? = nil, judgedBy loss: JSONValue? = nil) {
      judgingLoss = loss
      self.run = run
      self.seed = seed
      self.epochs = epochs
    }
  }

  /// Trains several runs side by side; the outcomes stand in the order of the jobs.
  ///
  /// - Parameter finished: told after each one, in the order in which they end.
  package func outcomes(
    _ jobs: [Job], finished: @Sendable (Result<Outcome, any Error>) -> Void = { _ in }
  ) -> [Result<Outcome, any Error>] {
    let results = Mutex([Result<Outcome, any Error>?](repeating: nil, count: jobs.count))
    DispatchQueue.concurrentPerform(iterations: jobs.count) { index in
      let result = Result { try outcome(jobs[index]) }
      results.withLock { $0[index] = result }
      finished(result)
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// Trains one run.
  ///
  /// - Throws: the errors of building and training a model, `CancellationError` when cancelled.
  package func outcome(_ job: Job) throws -> Outcome { try trained(job).outcome }

  /// Trains one run, and hands on what was learned as well.
  ///
  /// - Throws: the errors of building and training a model, `CancellationError` when cancelled.
  package func trained(_ job: Job) throws -> (outcome: Outcome, state: TrainingState) {
    let run = job.run
    let model = try run.model()
    let compilation = try Compilation(configuration: run.compilation, numerics: run.numerics)
    let trainer = try Trainer(model: model, compilation: compilation, backend: backend)
    let seed = UInt64(job.seed)
    var state = try trainer.initialState(
      parameters: run.initialParameters(of: model, seed: seed), seed: seed)
    var options = run.trialOptions
    if let epochs = job.epochs { options.epochs = min(epochs, options.epochs) }
    if run.validates, !run.callbacks.isEmpty {
      options.validationData = run.data.heldOut?.trainingData
    }
    let callbacks = try trainer.fitting(run.callbacks, state: state, options: options)
    let number = numbers.next()
    // Told one epoch late: only its successor tells that an epoch was not the last, as callbacks may stop.
    let held = Mutex<TrialEpoch?>(nil)
    let history = try trainer.fit(
      &state, data: run.data.training.trainingData, options: options, callbacks: callbacks,
      isCancelled: isCancelled,
      onEpoch: { epoch, logs, _ in
        let loss = logs["loss"] ?? 0
        let next = TrialEpoch(
          trial: number, changes: run.changes, epoch: epoch + 1, loss: loss, isLast: false)
        let previous = held.withLock { held in
          defer { held = next }
          return held
        }
        if let previous { watch(previous) }
        return loss.isFinite ? .proceed : .stop
      })
    if var last = held.withLock({ $0 }) {
      last.isLast = true
      watch(last)
    }
    guard !isCancelled() else { throw CancellationError() }
    // A callback that ends a run early is part of the run.
    let isCutShort = !(history["loss"].last ?? 0).isFinite
    let penalty = try penalty(model, compilation, run, state)
    var judged = run
    if let loss = job.judgingLoss { judged.compilation["loss"] = loss }
    let judge =
      try job.judgingLoss == nil ? trainer : judged.trainer(on: backend)
    func evaluate(_ data: RunRows) throws -> (Double, Double?) {
      let logs = try judge.evaluate(
        state, data: data.trainingData, batchSize: min(TrialRunner.evaluationBatch, data.rowCount))
      let accuracy = logs.names.first(where: LogFingerprint.isAccuracy)
      return ((logs["loss"] ?? .nan) - penalty, accuracy.flatMap { logs[$0] })
    }
    let (training, accuracy) = try evaluate(run.data.training)
    let heldOut = try run.data.heldOut.map { try evaluate($0) }
    let trivial = judged.trivialLoss
    let balance = ClassBalance(run)
    let balanced = try balance.map { balance in
      let logs = try trainer.evaluate(
        state, data: balance.rows.trainingData,
        batchSize: min(TrialRunner.evaluationBatch, balance.rows.rowCount))
      return balance.skill((logs["loss"] ?? .nan) - penalty)
    }
    // With class weights the run makes another loss small than the plain one, which it may raise.
    let weighted = run.fit.classWeight.isEmpty ? nil : balanced
    let outcome = Outcome(
      seed: job.seed,
      history: Dictionary(uniqueKeysWithValues: history.names.map { ($0, history[$0]) }),
      trainingLoss: training, heldOutLoss: heldOut?.0, accuracy: heldOut?.1 ?? accuracy,
      skill: weighted ?? trivial?.skill(training)
        ?? TrialRunner.fallenShare(history["loss"], training),
      heldOutSkill: heldOut.flatMap { weighted ?? trivial?.skill($0.0) }, balancedSkill: balanced,
      isCutShort: isCutShort)
    return (outcome, state)
  }

  /// What the weights' penalties add to every loss.
  private func penalty(
    _ model: Model, _ compilation: Compilation, _ run: Run, _ state: TrainingState
  ) throws -> Double {
    guard model.variables.contains(where: { $0.declaration.regularizer != nil }) else { return 0 }
    let rows = run.data.training
    let few = rows.picked(Array(0..<min(TrialRunner.penaltyRows, rows.rowCount)))
    let probe = try LossProbe(
      model: model, compilation: compilation, rows: few, withCurvature: false, backend: backend)
    return probe.evaluate(state.parameters).penalty
  }

  /// Where the best constant prediction has no closed form: the share by which the loss fell.
  private static func fallenShare(_ losses: [Double], _ final: Double) -> Double {
    guard let first = losses.first, first != 0, final.isFinite else { return .nan }
    return (first - final) / abs(first)
  }
}

/// Counts trials, which begin side by side.
private final class TrialNumbers: Sendable {
  private let last = Atomic<Int>(0)
  func next() -> Int { last.wrappingAdd(1, ordering: .relaxed).newValue }
}
