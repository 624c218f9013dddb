public import CaseFile
public import Datasets
public import KerasFiles
import Networks
import Training

extension Doctor {
  /// Examines a case together with the files that it was read from.
  ///
  /// - Parameters:
  ///   - facts: What is known of the run.
  ///   - model: The model with its initial weights; without it rules and record must do.
  ///   - data: The data; without it rules and record must do.
  /// - Throws: What reading data throws that stays in its file.
  public func consult(
    _ facts: CaseFile, model: KerasModelFile?, data: DataSet?
  ) throws -> Consultation {
    guard let model, let data else { return consult(facts, run: nil) }
    let run = try Run(
      model, data: data, fit: facts.fit ?? FitFacts(), environment: facts.environment,
      recorded: facts.recorded)
    return consult(facts, run: run)
  }
}

extension Consultation {
  /// The repaired model as a `.keras` file: the user's initial weights where the remedy keeps them,
  /// fresh ones where it does not, and the repaired arguments of `compile`.
  ///
  /// - Parameter source: The file that the model came from, for what is not interpreted.
  /// - Returns: The bytes of the file; `nil` if no remedy was proven.
  /// - Throws: the errors of building a model and of writing its weights.
  public func repairedFile(source: KerasModelFile?) throws -> [UInt8]? {
    guard let repaired else { return nil }
    let model = try repaired.model()
    let parameters = try repaired.initialParameters(of: model, seed: 1)
    let compilation = try Compilation(
      configuration: repaired.compilation, numerics: repaired.numerics)
    // Keras warns of an optimizer without a state, so a fresh one goes with it.
    let state = try TrainingState(
      model: model, optimizer: compilation.optimizer, parameters: parameters)
    return try KerasModelFile.archived(
      model: model, parameters: parameters, compileConfiguration: repaired.compilation,
      optimizer: SavedOptimizer(state, model: model, optimizer: compilation.optimizer),
      source: source?.archive)
  }
}
