package import CaseFile
package import Datasets
import JSON
package import KerasFiles
import Networks
import Tensors
import Training

extension Run {
  /// Without validation data, this share of the rows is set aside to judge cures by.
  private static let heldOutShare = 0.2
  /// Below this many rows none is set aside: so few rows could not be spared, nor tell anything.
  private static let minimumRows = 50

  /// The run of a model file with its data, or of data beyond what trials hold with a sample of them.
  ///
  /// - Returns: `nil` if there is no model that can be run, no arguments of `compile`, or no targets.
  /// - Throws: What reading a file throws.
  package init?(
    _ file: KerasModelFile, data: DataSet, fit: FitFacts, environment: EnvironmentFacts?,
    recorded: RecordedRun? = nil, largestSize: Int = RunRows.largestSize
  ) throws {
    guard let model = file.model, model.isRunnable, let rows = data.trainingRows,
      let compilation = file.compileConfiguration, !data.inputs.isEmpty
    else { return nil }
    var weights: [WeightKey: Tensor] = [:]
    if let parameters = file.parameters {
      for (variable, tensor) in zip(model.variables, parameters) {
        weights[WeightKey(layer: variable.layer, variable: variable.name)] = tensor
      }
    }
    var configuration = file.archive.configuration
    configuration["compile_config"] = nil
    let validation = data.validationRows
    let keepsStates = environment?.keepsStates ?? true
    self.init(
      configuration: configuration, compilation: compilation, weights: weights, fit: fit,
      data: try Run.split(
        rows, validation, fit, largestSize,
        isSequence: keepsStates && !model.carriedStates.isEmpty),
      numerics: environment?.backend.map { $0 == "tensorflow" ? .fused : .clipped } ?? .fused)
    self.keepsStates = keepsStates
    // Trials count their epochs from 0.
    let rate = CompileFacts(kerasConfiguration: compilation).optimizerConfiguration["learning_rate"]
    callbacks =
      CallbackCatalogue.recorded(
        fit.callbacks, history: recorded?.history ?? [:], firstEpoch: 0, rate: rate?.double
      ).callbacks
    validates = validation != nil || fit.validationSplit > 0
  }

  /// The rows to learn from and the rows to judge by: the user's validation data or split where
  /// there is one, else a few rows in random order set aside.
  ///
  /// - Parameter isSequence: Whether each batch goes on where the one before ended, so that none of the
  ///   rows can be spared.
  private static func split(
    _ data: TrainingData, _ validation: TrainingData?, _ fit: FitFacts, _ largestSize: Int,
    isSequence: Bool
  ) throws -> RunData {
    func sample(_ data: TrainingData) -> [Int]? {
      let numbers = RunRows.sample(of: data, largestSize: largestSize)
      guard isSequence, let count = numbers?.count else { return numbers }
      // Whole batches from the beginning, each of which goes on where the one before ended.
      let size = min(count, max(1, fit.batchSize))
      return Array(0..<count / size * size)
    }
    func whole(_ training: TrainingData, _ heldOut: TrainingData?) throws -> RunData {
      let numbers = sample(training)
      return RunData(
        training: try RunRows(training, rows: numbers),
        heldOut: try heldOut.map { try RunRows($0, rows: sample($0)) }, rowNumbers: numbers)
    }
    if let validation { return try whole(data, validation) }
    if fit.validationSplit > 0 {
      let count = data.rowCount
      let boundary = Int((Double(count) * (1 - fit.validationSplit)).rounded(.down))
      guard boundary > 0, boundary < count else { return try whole(data, nil) }
      return try whole(data.rows(0..<boundary), data.rows(boundary..<count))
    }
    let sampled = sample(data)
    let count = sampled?.count ?? data.rowCount
    guard count >= minimumRows, !isSequence else { return try whole(data, nil) }
    let order = RandomNumbers(seed: 1, purpose: .probing).permutation(count)
    let kept = count - Int(Double(count) * heldOutShare)
    // The rows keep their order, which is part of the run when it does not shuffle.
    func numbers(_ places: ArraySlice<Int>) -> [Int] {
      sampled.map { sampled in places.sorted().map { sampled[$0] } } ?? places.sorted()
    }
    let training = numbers(order[..<kept])
    return RunData(
      training: try RunRows(data, rows: training),
      heldOut: try RunRows(data, rows: numbers(order[kept...])), rowNumbers: training)
  }
}
