import Engine
import Networks
public import Tensors

extension Trainer {
  /// How many rows a batch has whose states layers hand on to the next one; `nil`: none does.
  ///
  /// What is evaluated goes in such batches whatever is asked for; rows that are left over start from
  /// zeros. Keras refuses both.
  var carriedBatchSize: Int? { model.carriedStates.isEmpty ? nil : model.fixedBatchSize }

  /// How many rows a batch of `evaluate` and `predict` has in Keras.
  public static let standardBatchSize = 32

  /// Loss and metrics on data: Keras' `evaluate`.
  ///
  /// - Parameter steps: How many batches are looked at; `nil`: all.
  /// - Throws: ``TrainingError``, `ModelError` or `ShapeError` if data and model do not fit, and what
  ///   reading a file throws.
  public func evaluate(
    _ state: TrainingState, data: TrainingData, batchSize: Int = standardBatchSize,
    steps: Int? = nil
  ) throws -> Logs {
    let data = try data.fitted(to: model, what: "data")
    let memory = try TrainingMemory(state, layout: layout, optimizer: compilation.optimizer)
    return Logs(try evaluate(data, memory: memory, batchSize: batchSize, steps: steps).values())
  }

  /// The sums over the batches of data that fits the model.
  func evaluate(
    _ data: TrainingData, memory: TrainingMemory, batchSize: Int, steps: Int?
  ) throws -> EpochTotals {
    let size = min(carriedBatchSize ?? batchSize, data.rowCount)
    let rows = steps.map { min($0 * size, data.rowCount) } ?? data.rowCount
    let full = try objective(for: data, batchSize: size, isTraining: false)
    let remainder = rows % size
    let partial =
      remainder == 0 ? nil : try objective(for: data, batchSize: remainder, isTraining: false)
    var totals = EpochTotals(full)
    let arrays = data.arrays
    for start in stride(from: 0, to: rows, by: size) {
      let objective = start + size <= rows ? full : partial ?? full
      try objective.copy(arrays, start: start)
      objective.executable.run(
        parameters: memory.parameters, gradients: nil, seed: memory.seed, step: 0)
      totals.add(objective, loss: objective.loss)
    }
    return totals
  }

  /// Loss and metrics on data, after which layers with `stateful` go on from the state of the last
  /// batch.
  public func evaluate(
    carrying state: inout TrainingState, data: TrainingData, batchSize: Int = standardBatchSize
  ) throws -> Logs {
    let data = try data.fitted(to: model, what: "data")
    let memory = try TrainingMemory(state, layout: layout, optimizer: compilation.optimizer)
    defer { memory.store(into: &state) }
    return Logs(try evaluate(data, memory: memory, batchSize: batchSize, steps: nil).values())
  }

  /// What the model computes: Keras' `predict`.
  ///
  /// - Returns: The outputs of the model, rows first.
  /// - Throws: `ModelError` if data and model do not fit, and what reading a file throws.
  public func predict(
    _ state: TrainingState, inputs: [any RowSource], batchSize: Int = standardBatchSize
  ) throws -> [Tensor] {
    var state = state
    return try predict(carrying: &state, inputs: inputs, batchSize: batchSize)
  }

  /// What the model computes, after which layers with `stateful` go on from the state of the last
  /// batch.
  public func predict(
    carrying state: inout TrainingState, inputs: [any RowSource],
    batchSize: Int = standardBatchSize
  ) throws -> [Tensor] {
    let inputs = try inputs.fitted(to: model)
    let memory = try TrainingMemory(state, layout: layout, optimizer: compilation.optimizer)
    let rows = inputs.first?.rowCount ?? 0
    let rowShapes = model.outputRowShapes.map { $0 ?? .scalar }
    var results = rowShapes.map { _ in [Float]() }
    defer { if carriedBatchSize != nil { memory.store(into: &state) } }
    let size = carriedBatchSize ?? batchSize
    for start in stride(from: 0, to: rows, by: max(1, size)) {
      let count = min(size, rows - start)
      let executable = try predictor(for: inputs, batchSize: count)
      for (number, array) in inputs.enumerated() {
        guard let memory = executable.input(number).baseAddress else { continue }
        try array.read(start..<start + count, into: memory)
      }
      executable.run(
        parameters: memory.parameters, gradients: nil, seed: memory.seed, step: 0)
      for output in results.indices { results[output] += executable.output(output) }
    }
    return zip(results, rowShapes).map {
      Tensor(shape: Shape([rows] + $1.extents), scalars: $0)
    }
  }
}
