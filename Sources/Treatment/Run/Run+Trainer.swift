import Engine
import Networks
import Training

extension Run {
  /// What trains and evaluates the run's model by the run's own loss.
  ///
  /// - Throws: what building the model or reading the arguments of `compile` throws.
  func trainer(on backend: any Backend) throws -> Trainer {
    try Trainer(
      model: model(),
      compilation: Compilation(configuration: compilation, numerics: numerics),
      backend: backend)
  }
}
