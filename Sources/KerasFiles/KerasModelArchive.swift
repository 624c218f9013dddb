import FileAccess
public import Networks
import Tensors
public import Training

/// Makes Keras' files of a model in training, for callbacks that save it.
public struct KerasModelArchive: ModelArchive {
  private let model: Model
  private let compilation: Compilation
  private let source: KerasArchive?

  /// An archive for a model.
  ///
  /// - Parameter source: The file the model came from, for what is not interpreted.
  public init(model: Model, compilation: Compilation, source: KerasArchive? = nil) {
    self.model = model
    self.compilation = compilation
    self.source = source
  }

  /// A `.keras` file.
  public func model(_ state: TrainingState) throws -> [UInt8] {
    try KerasModelFile.archived(
      model: model, state: state, compilation: compilation, source: source)
  }

  /// A `.weights.h5` file.
  public func weights(_ state: TrainingState) throws -> [UInt8] {
    try KerasModelFile.weightsFile(
      model: model, parameters: state.tensors(layout: model.layout),
      optimizer: SavedOptimizer(state, model: model, optimizer: compilation.optimizer))
  }

  /// Takes what a `.weights.h5` file holds into a state.
  ///
  /// - Throws: An error for a file that is not one of this model.
  public func restore(_ weights: [UInt8], into state: inout TrainingState) throws {
    let subject = "weights"
    let found: [String: StoredArray]
    do throws(HDF5Problem) { found = try HDF5Reader.read(weights).arrays } catch {
      throw InputError(error, in: subject)
    }
    var parameters: [Tensor] = []
    for variable in model.variables {
      guard let array = found[variable.path], array.shape == variable.shape.extents else {
        throw InputError(
          KerasProblem.missingWeights(
            variable: "\(variable.layer).\(variable.name)", path: variable.path,
            shape: variable.shape.extents),
          in: subject)
      }
      parameters.append(Tensor(shape: variable.shape, scalars: array.scalars))
    }
    var restored = try TrainingState(
      model: model, optimizer: compilation.optimizer, parameters: parameters, seed: state.seed)
    var variables: [StoredArray] = []
    while let array = found["optimizer/vars/\(variables.count)"] { variables.append(array) }
    var hasSchedule = false
    if case .schedule = compilation.optimizer.options.learningRate { hasSchedule = true }
    if let saved = SavedOptimizer(variables, hasSchedule: hasSchedule) {
      _ = restored.take(saved, model: model, optimizer: compilation.optimizer)
    }
    state = restored
  }
}
