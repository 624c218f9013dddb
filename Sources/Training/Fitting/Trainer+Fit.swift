import Networks
import Tensors

extension Trainer {
  /// Trains the model: Keras' `fit`.
  ///
  /// Each batch's loss is that before its step; the epoch's is the mean over rows, regularization
  /// included. The last partial batch is kept. If the run is cancelled or ends early, the state has
  /// what was learnt so far.
  ///
  /// - Parameters:
  ///   - state: Where training starts, and then where it ended.
  ///   - data: What is trained on.
  ///   - options: The arguments.
  ///   - callbacks: What watches the run and may change it, in order.
  ///   - archive: What makes files of the model, for callbacks that save it.
  ///   - isCancelled: Asked before every batch.
  ///   - onBatch: Told of every batch; may end the run.
  ///   - onEpoch: Told of every epoch; may end the run.
  /// - Throws: ``TrainingError``, `ModelError` or `ShapeError` if data and model do not fit, and
  ///   what callbacks throw.
  @discardableResult
  public func fit(
    _ state: inout TrainingState, data: TrainingData, options: FitOptions = FitOptions(),
    callbacks: [any Callback] = [], archive: (any ModelArchive)? = nil,
    isCancelled: () -> Bool = { false },
    onBatch: ((BatchReport) -> FitDirective)? = nil,
    onEpoch: ((Int, Logs, FitControl) -> FitDirective)? = nil
  ) throws -> History {
    try options.validate()
    let whole = try data.fitted(to: model, what: "training data")
    var (training, validation) = try split(whole, options)
    if !options.classWeight.isEmpty {
      guard training.sampleWeights.isEmpty else { throw TrainingError.twoKindsOfWeights }
      guard training.targets.count == 1 else {
        throw TrainingError.argument(
          name: "class_weight", found: "weights beside \(training.targets.count) arrays of targets",
          expected: "a single array (give sample_weight instead)")
      }
      training.sampleWeights = [try classWeights(training.targets[0], options.classWeight)]
    }
    try checkCarried(training, batchSize: options.batchSize, "batch_size")
    if let validation {
      try checkCarried(
        validation, batchSize: options.validationBatchSize ?? options.batchSize,
        "validation_batch_size")
    }
    let memory = try TrainingMemory(state, layout: layout, optimizer: compilation.optimizer)
    defer { memory.store(into: &state) }
    let control = FitControl(
      memory: memory, run: optimizerRun, optimizer: compilation.optimizer, model: model,
      options: options, archive: archive, directions: try directions())
    var callbacks = callbacks
    var history = History()
    for index in callbacks.indices { try callbacks[index].trainingBegins(control) }
    history.firstEpoch = control.initialEpoch
    var run = EpochRun(
      trainer: self, memory: memory, control: control, options: options,
      watchesBatches: callbacks.contains(where: \.watchesBatches))
    epochs: for epoch in control.initialEpoch..<max(control.initialEpoch, options.epochs) {
      for index in callbacks.indices { try callbacks[index].epochBegins(epoch, control) }
      let totals = try run.train(
        training, epoch: epoch, callbacks: &callbacks, isCancelled: isCancelled, onBatch: onBatch)
      guard let totals else {
        history.ending = .cancelled
        break
      }
      var values = totals.values()
      if let validation, options.validationFrequency.includes(epoch) {
        for index in callbacks.indices { try callbacks[index].validationBegins(control) }
        let totals = try evaluate(
          validation, memory: memory,
          batchSize: options.validationBatchSize ?? options.batchSize,
          steps: options.validationSteps)
        let logs = Logs(totals.values())
        for index in callbacks.indices { try callbacks[index].validationEnds(logs, control) }
        values += totals.values(prefix: "val_")
      }
      var logs = Logs(values)
      for index in callbacks.indices { try callbacks[index].epochEnds(epoch, &logs, control) }
      history.epochs.append(logs)
      if onEpoch?(epoch, logs, control) == .stop { control.stopsTraining = true }
      if control.stopsTraining {
        history.ending = .stopped
        break epochs
      }
    }
    optimizerRun.finish(memory)
    for index in callbacks.indices { try callbacks[index].trainingEnds(control) }
    history.messages = control.messages
    return history
  }

  /// The callbacks that can watch a run: those that would refuse to begin are left out.
  package func fitting(
    _ callbacks: [any Callback], state: TrainingState, options: FitOptions
  ) throws -> [any Callback] {
    let memory = try TrainingMemory(state, layout: layout, optimizer: compilation.optimizer)
    let control = FitControl(
      memory: memory, run: optimizerRun, optimizer: compilation.optimizer, model: model,
      options: options, archive: nil, directions: try directions())
    return callbacks.filter { callback in
      var copy = callback
      return (try? copy.trainingBegins(control)) != nil
    }
  }

  /// Checks that all batches have the size for which states are kept, as Keras does.
  private func checkCarried(_ data: TrainingData, batchSize: Int, _ name: String) throws {
    guard let fixed = carriedBatchSize else { return }
    guard batchSize == fixed, data.rowCount.isMultiple(of: fixed) else {
      throw TrainingError.argument(
        name: name, found: "\(batchSize), for \(data.rowCount) rows",
        expected: "\(fixed), as the model's input says, and a multiple of as many rows, "
          + "since layers with stateful=True keep their state from batch to batch")
    }
  }

  /// The last rows kept for validation, before any shuffling.
  private func split(
    _ data: TrainingData, _ options: FitOptions
  ) throws -> (training: TrainingData, validation: TrainingData?) {
    if let validation = options.validationData {
      return (data, try validation.fitted(to: model, what: "validation data"))
    }
    guard options.validationSplit > 0 else { return (data, nil) }
    let count = data.rowCount
    let boundary = Int((Double(count) * (1 - options.validationSplit)).rounded(.down))
    guard boundary > 0, boundary < count else {
      throw TrainingError.argument(
        name: "validation_split", found: "\(options.validationSplit) of \(count) rows",
        expected: "at least one row on either side")
    }
    return (data.rows(0..<boundary), data.rows(boundary..<count))
  }

  /// The weight of each row's class: the largest entry of a one-hot row, else the number rounded.
  private func classWeights(
    _ target: any RowSource, _ weights: [Int: Double]
  ) throws -> Tensor {
    let length = target.rowLength
    var values: [Float] = []
    values.reserveCapacity(target.rowCount)
    try target.forEachBlock { _, elements in
      for start in stride(from: 0, to: elements.count, by: max(1, length)) {
        var label = Int(exactly: elements[start].rounded()) ?? -1
        if length > 1 {
          let entries = elements[start..<start + length]
          label = (entries.indices.max { entries[$0] < entries[$1] } ?? start) - start
        }
        values.append(Float(weights[label] ?? 1))
      }
    }
    return Tensor(shape: [target.rowCount], scalars: values)
  }

  /// Whether more is better, by the names under which metrics are logged.
  private func directions() throws -> [String: Bool?] {
    var result: [String: Bool?] = ["loss": false]
    for loss in try compilation.losses(for: model.outputNames) {
      result.updateValue(false, forKey: model.outputNames[loss.output] + "_loss")
    }
    for metric in try compilation.metrics(for: model.outputNames) {
      result.updateValue(metric.function.isHigherBetter, forKey: metric.name)
    }
    return result
  }
}
