package import Engine

/// An optimizer stepping on given gradients, without a model: for comparing it with Keras.
package struct OptimizerTrace {
  private let optimizer: any Optimizer
  private let layout: ParameterLayout
  private let paths: [String]
  private var state: TrainingState

  /// A trace that starts at given parameters.
  ///
  /// - Parameter paths: The paths of the parameters, all of which are trainable.
  package init(
    _ optimizer: any Optimizer, layout: ParameterLayout, paths: [String], start: [Float]
  ) {
    self.optimizer = optimizer
    self.layout = layout
    self.paths = paths
    state = TrainingState(optimizer: optimizer, layout: layout, parameters: start)
  }

  /// The parameters after one more step.
  package mutating func step(_ gradients: [Float]) throws -> [Float] {
    let memory = try TrainingMemory(state, layout: layout, optimizer: optimizer)
    memory.gradients.update(from: gradients, count: layout.trainableCount)
    OptimizerRun(
      optimizer, layout: layout, paths: paths, constraints: nil, backend: ReferenceBackend()
    ).step(memory)
    memory.store(into: &state)
    return state.parameters
  }
}
