import CaseFile
public import Networks
import Tensors
public import Training

extension KerasModelFile {
  /// The state in which training goes on where the file left it.
  ///
  /// - Parameters:
  ///   - optimizer: The optimizer that will train. The saved state is taken over only if it is one of
  ///     this optimizer; else, as Keras does, its memory starts afresh.
  ///   - seed: Whence the order of rows, dropout and noise come; first values too, for a file without
  ///     weights.
  /// - Returns: The state, and whether the optimizer's memory was taken over.
  /// - Throws: `ModelError` for a model that cannot be run.
  public func trainingState(
    optimizer: any Optimizer, seed: UInt64 = 0
  ) throws -> (state: TrainingState, hasOptimizerState: Bool) {
    guard let model, model.isRunnable else {
      throw ModelError.opaque(model?.opaqueLayers ?? [])
    }
    var state = try TrainingState(
      model: model, optimizer: optimizer,
      parameters: try parameters ?? model.initialParameters(seed: seed), seed: seed)
    // Other optimizers may remember as many numbers, but they mean something else.
    guard compileFacts?.optimizer == type(of: optimizer).className, let saved = self.optimizer,
      state.take(saved, model: model, optimizer: optimizer)
    else { return (state, false) }
    return (state, true)
  }

  /// A `.keras` file of a model as training left it, optimizer included.
  ///
  /// - Parameters:
  ///   - compilation: The arguments of `compile`.
  ///   - source: The file the model came from, for what is not interpreted.
  /// - Throws: An error if there is no memory for it.
  public static func archived(
    model: Model, state: TrainingState, compilation: Compilation, source: KerasArchive? = nil
  ) throws -> [UInt8] {
    try archived(
      model: model, parameters: state.tensors(layout: model.layout),
      compileConfiguration: compilation.configuration,
      optimizer: SavedOptimizer(state, model: model, optimizer: compilation.optimizer),
      source: source)
  }
}

extension SavedOptimizer {
  /// What a file keeps of an optimizer in training.
  public init(_ state: TrainingState, model: Model, optimizer: any Optimizer) {
    let variables = state.optimizerVariables(model: model, optimizer: optimizer)
    let hasRate =
      if case .constant = optimizer.options.learningRate { true } else { false }
    self.init(
      iterations: state.iterations, learningRate: hasRate ? state.learningRate : nil,
      slots: variables.dropFirst(hasRate ? 2 : 1).map {
        StoredArray(shape: $0.tensor.shape.extents, scalars: $0.tensor.scalars)
      })
  }
}

extension TrainingState {
  /// Takes over the memory of an optimizer; `false`, and nothing is changed, if it is another's.
  mutating func take(
    _ saved: SavedOptimizer, model: Model, optimizer: any Optimizer
  ) -> Bool {
    let expected = optimizerVariables(model: model, optimizer: optimizer)
    var saved = saved
    // Keras 2 kept a constant rate among the arguments alone.
    if saved.learningRate == nil, case .constant = optimizer.options.learningRate {
      saved.learningRate = learningRate
    }
    let arrays = saved.arrays
    guard arrays.map(\.shape) == expected.map(\.tensor.shape.extents) else { return false }
    // The counter goes its own way: as a 32-bit float it could not tell all numbers apart.
    let tensors = arrays.enumerated().map { number, array in
      Tensor(shape: Shape(array.shape), scalars: number == 0 ? [0] : array.scalars)
    }
    guard
      (try? setOptimizerVariables(tensors, model: model, optimizer: optimizer)) != nil
    else { return false }
    iterations = saved.iterations
    return true
  }
}
