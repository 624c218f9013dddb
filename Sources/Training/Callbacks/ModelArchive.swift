/// Makes files of a model in training, for callbacks that save it. Training itself knows no format
/// of files.
public protocol ModelArchive: Sendable {
  /// A `.keras` file of the model as a state has it.
  func model(_ state: TrainingState) throws -> [UInt8]
  /// A `.weights.h5` file of the model as a state has it, the optimizer included.
  func weights(_ state: TrainingState) throws -> [UInt8]
  /// Takes what a `.weights.h5` file holds into a state.
  func restore(_ weights: [UInt8], into state: inout TrainingState) throws
}
