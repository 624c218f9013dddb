import Engine
import Tensors

/// Runs the batches of an epoch. Nothing here allocates from step to step.
struct EpochRun {
  let trainer: Trainer
  let memory: TrainingMemory
  let control: FitControl
  let options: FitOptions
  let watchesBatches: Bool
  /// Where the pass over the data stands, for epochs that end before it does.
  private var position = (pass: 0, batch: 0)

  init(
    trainer: Trainer, memory: TrainingMemory, control: FitControl, options: FitOptions,
    watchesBatches: Bool
  ) {
    self.trainer = trainer
    self.memory = memory
    self.control = control
    self.options = options
    self.watchesBatches = watchesBatches
  }

  /// Trains on every batch once, or on as many as an epoch has steps. Like Keras, an epoch whose data
  /// runs out ends early, and the next one starts anew.
  ///
  /// - Returns: The sums of the epoch, `nil` if the run was cancelled.
  mutating func train(
    _ data: TrainingData, epoch: Int, callbacks: inout [any Callback], isCancelled: () -> Bool,
    onBatch: ((BatchReport) -> FitDirective)?
  ) throws -> EpochTotals? {
    let rows = data.rowCount
    let size = min(options.batchSize, rows)
    let full = try trainer.objective(for: data, batchSize: size, isTraining: true)
    let remainder = rows % size
    let partial =
      remainder == 0
      ? nil : try trainer.objective(for: data, batchSize: remainder, isTraining: true)
    let pass = options.stepsPerEpoch == nil ? epoch : position.pass
    guard !options.shuffle || rows <= Int(UInt32.max) else {
      throw TrainingError.argument(
        name: "shuffle", found: "true for \(rows) rows",
        expected: "false for more than \(UInt32.max) of them")
    }
    let order =
      options.shuffle
      ? RandomNumbers(seed: memory.seed, purpose: .shuffling, step: UInt64(pass))
        .compactPermutation(rows) : nil
    let batchCount = (rows + size - 1) / size
    let first = options.stepsPerEpoch == nil ? 0 : position.batch
    let end = min(batchCount, first + (options.stepsPerEpoch ?? batchCount))
    position = end == batchCount ? (position.pass + 1, 0) : (position.pass, end)
    var totals = EpochTotals(full)
    let arrays = data.arrays
    for batch in first..<end {
      if isCancelled() { return nil }
      let start = batch * size
      let objective = start + size <= rows ? full : partial ?? full
      if let order {
        try objective.gather(arrays, order[start..<start + objective.batchSize])
      } else {
        try objective.copy(arrays, start: start)
      }
      trainer.optimizerRun.prepare(memory, objective.lookups)
      objective.executable.run(
        parameters: memory.laggingParameters, gradients: memory.gradients, seed: memory.seed,
        step: UInt64(memory.iterations))
      let loss = objective.loss
      totals.add(objective, loss: loss)
      trainer.optimizerRun.step(memory, objective.lookups)
      guard watchesBatches || onBatch != nil else { continue }
      let report = BatchReport(
        epoch: epoch, batch: batch - first, batchCount: options.stepsPerEpoch ?? batchCount,
        loss: Double(loss), meanLoss: totals.meanLoss)
      if watchesBatches {
        for index in callbacks.indices where callbacks[index].watchesBatches {
          try callbacks[index].batchEnds(report, control)
        }
      }
      if onBatch?(report) == .stop { control.stopsTraining = true }
      if control.stopsTraining { break }
    }
    return totals
  }
}
