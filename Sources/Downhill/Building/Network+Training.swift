import Engine
import Networks
public import Tensors
public import Training

extension Network {
  /// Learns from rows of data: Keras' `fit`.
  ///
  /// Rows are those of tensors, or of arrays that stay in their files because memory would not hold
  /// them, as a `DataSet` has them.
  ///
  /// - Parameters:
  ///   - x: What is known, rows first.
  ///   - y: What should be predicted, rows first.
  ///   - epochs: How often all rows are gone through.
  ///   - batchSize: How many rows a step takes.
  ///   - sampleWeight: The weight of each row; `nil` if all are 1.
  ///   - classWeight: The weight of each class; classes that are missing weigh 1.
  ///   - validationSplit: Which share of the rows, from the end, is not learnt from but tried.
  ///   - validation: Rows that are tried after each epoch.
  ///   - shuffle: Whether each epoch takes the rows in a new order.
  ///   - callbacks: What watches the run and may change it.
  /// - Returns: The numbers of each epoch.
  /// - Throws: An error that names both shapes if data and model do not fit, and `TrainingError` for
  ///   words without a row in their table and labels without an output unit, as Keras on TensorFlow.
  ///   A file that was cut short meanwhile is an `InputError`.
  @discardableResult
  public mutating func fit(
    _ x: any RowSource, _ y: any RowSource, epochs: Int = 1, batchSize: Int = 32,
    sampleWeight: (any RowSource)? = nil, classWeight: [Int: Double] = [:],
    validationSplit: Double = 0, validation: (x: any RowSource, y: any RowSource)? = nil,
    shuffle: Bool = true,
    callbacks: [any Callback] = []
  ) throws -> History {
    let held = validation.map { TrainingData(inputs: [$0.x], targets: [$0.y]) }
    return try fit(
      TrainingData(
        inputs: [x], targets: [y], sampleWeights: sampleWeight.map { [$0] } ?? []),
      options: FitOptions(
        epochs: epochs, batchSize: batchSize, validationSplit: validationSplit,
        validationData: held, shuffle: shuffle, classWeight: classWeight),
      callbacks: callbacks)
  }

  /// Learns from data with several inputs or outputs, with all arguments that `fit` has.
  @discardableResult
  public mutating func fit(
    _ data: TrainingData, options: FitOptions, callbacks: [any Callback] = []
  ) throws -> History {
    let trainer = try trainer()
    try data.checkNumbers(for: model, trainer.compilation)
    try options.validationData?.checkNumbers(for: model, trainer.compilation)
    return try trainer.fit(
      &state, data: data, options: options, callbacks: callbacks,
      archive: archive(trainer.compilation))
  }

  /// Lets the next batch start from zeros where layers keep their state from batch to batch
  /// (`stateful`): Keras' `reset_state` of all layers.
  ///
  /// `fit` goes on from the state that the last `fit` left; `evaluate` and `predict` start from it,
  /// and leave it as it is.
  public mutating func resetStates() { state.resetCarriedStates(layout: model.layout) }

  /// Loss and metrics on rows of data: Keras' `evaluate`.
  public func evaluate(
    _ x: any RowSource, _ y: any RowSource, batchSize: Int = 32
  ) throws -> Logs {
    try evaluate(TrainingData(inputs: [x], targets: [y]), batchSize: batchSize)
  }

  /// Loss and metrics on data with several inputs or outputs.
  public func evaluate(_ data: TrainingData, batchSize: Int = 32) throws -> Logs {
    let trainer = try trainer()
    try data.checkNumbers(for: model, trainer.compilation)
    return try trainer.evaluate(state, data: data, batchSize: batchSize)
  }

  /// What the network answers, rows first: Keras' `predict`.
  public func predict(_ x: any RowSource, batchSize: Int = 32) throws -> Tensor {
    try predict([x], batchSize: batchSize)[0]
  }

  /// What a network with several inputs or outputs answers, one array for each output.
  public func predict(_ inputs: [any RowSource], batchSize: Int = 32) throws -> [Tensor] {
    try inputs.checkNumbers(for: model)
    return try trainer().predict(state, inputs: inputs, batchSize: batchSize)
  }
}
