import Engine
import Networks
public import Tensors

extension Trainer {
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
    let size = min(batchSize, data.rowCount)
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

  /// What the model computes: Keras' `predict`.
  ///
  /// - Returns: The outputs of the model, rows first.
  /// - Throws: `ModelError` if data and model do not fit, and what reading a file throws.
  public func predict(
    _ state: TrainingState, inputs: [any RowSource], batchSize: Int = standardBatchSize
  ) throws -> [Tensor] {
    let inputs = try inputs.fitted(to: model)
    let memory = try TrainingMemory(state, layout: layout, optimizer: compilation.optimizer)
    let rows = inputs.first?.rowCount ?? 0
    let rowShapes = model.outputRowShapes.map { $0 ?? .scalar }
    var results = rowShapes.map { _ in [Float]() }
    for start in stride(from: 0, to: rows, by: max(1, batchSize)) {
      let count = min(batchSize, rows - start)
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
