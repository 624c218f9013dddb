import Networks
public import Tensors
public import Training

extension Network {
  /// Arrays as the model's graph takes them in: strings as the places of words.
  ///
  /// - Parameter arrays: An array for each input of the model, rows first.
  /// - Throws: An error that names the input if data and model do not fit.
  public func entered(_ arrays: [DataArray]) throws -> [Tensor] {
    if let stage = model.dataStage { return try stage.entries(of: [arrays])[0] }
    return try arrays.enumerated().map { number, array in
      guard case .numbers(let tensor) = array else {
        throw ModelError.inputShape(
          input: model.inputs.indices.contains(number) ? model.inputs[number].layer : model.name,
          found: "\(array.shape) of \(array.kind)", expected: "numbers")
      }
      return tensor
    }
  }

  /// Learns from texts: Keras' `fit` for a model that begins with a ``TextVectorization``.
  ///
  /// - Parameters:
  ///   - texts: A text a row.
  ///   - y: What should be predicted, rows first.
  ///   - epochs: How often all rows are gone through.
  ///   - batchSize: How many rows a step takes.
  ///   - validationSplit: Which share of the rows, from the end, is not learnt from but tried.
  ///   - callbacks: What watches the run and may change it.
  /// - Returns: The numbers of each epoch.
  /// - Throws: An error that names the input if data and model do not fit.
  @discardableResult
  public mutating func fit(
    _ texts: [String], _ y: Tensor, epochs: Int = 1, batchSize: Int = 32,
    validationSplit: Double = 0, callbacks: [any Callback] = []
  ) throws -> History {
    try fit(
      TrainingData(inputs: entered([.texts(TextArray(texts))]), targets: [y]),
      options: FitOptions(
        epochs: epochs, batchSize: batchSize, validationSplit: validationSplit),
      callbacks: callbacks)
  }

  /// Loss and metrics on texts: Keras' `evaluate`.
  public func evaluate(_ texts: [String], _ y: Tensor, batchSize: Int = 32) throws -> Logs {
    try evaluate(
      TrainingData(inputs: entered([.texts(TextArray(texts))]), targets: [y]),
      batchSize: batchSize)
  }

  /// What the network answers to texts: Keras' `predict`.
  public func predict(_ texts: [String], batchSize: Int = 32) throws -> Tensor {
    try predict(entered([.texts(TextArray(texts))]), batchSize: batchSize)[0]
  }
}
