import CaseFile
import Datasets
import Engine
import Foundation
public import FileAccess
import JSON
import KerasFiles
import Networks
import Treatment
public import Training

extension TrainingRun {
  /// The run made ready to train: the model compiled, the state before its first step, the data, and
  /// the arguments of `fit`.
  public struct Prepared {
    /// What trains.
    public let trainer: Trainer
    /// The state before the first step; that of the saved optimizer where there is one.
    public var state: TrainingState
    /// What is trained on.
    public let data: TrainingData
    /// The arguments of `fit`.
    public let options: FitOptions
    /// The callbacks of the recorded run that have a meaning here.
    public let callbacks: [any Callback]
    /// What a user should know, one sentence each.
    public let notes: [String]
    let file: KerasModelFile

    /// How many batches an epoch has.
    public var stepCount: Int {
      var rows = data.rowCount
      if options.validationData == nil, options.validationSplit > 0 {
        rows = Int((Double(rows) * (1 - options.validationSplit)).rounded(.down))
      }
      return (rows + options.batchSize - 1) / options.batchSize
    }
  }

  /// Makes the run ready to train.
  ///
  /// - Parameter seed: whence the order of rows and dropout come.
  /// - Throws: ``InputError`` if a part is missing or parts do not fit.
  public func prepared(seed: UInt64 = 0) throws(InputError) -> Prepared {
    func refused(_ problem: RunProblem) -> InputError { InputError(problem, in: subject) }
    guard var file = model else { throw refused(.noModel) }
    guard let data else { throw refused(.noData) }
    guard let rows = data.trainingRows else { throw refused(.noLabels) }
    // A few words among numbers are missing values, which training shows.
    guard !data.facts.features.contains(where: { $0.unreadable > $0.overall.count / 2 }) else {
      throw refused(.textsForNumbers)
    }
    guard let compile = file.compileConfiguration else { throw refused(.notCompiled) }
    if file.model?.isRunnable == false {
      // A model that leaves its input open takes it from the data.
      let rows = data.inputs.map(\.rowShape)
      file = try KerasModelFile(file.archive, of: subject, inputRowShapes: rows)
    }
    guard let model = file.model, model.isRunnable else {
      throw refused(.notRunnable(file.obstacle ?? ""))
    }
    do {
      let trainer = try Trainer(
        model: environment?.keepsStates ?? true ? model : model.startingAfresh(),
        compilation: Compilation(configuration: compile, numerics: numerics),
        backend: CPUBackend(threads: ProcessInfo.processInfo.activeProcessorCount))
      try rows.checkNumbers(for: model, trainer.compilation)
      var state = try trainer.initialState(
        parameters: file.parameters ?? model.initialParameters(seed: seed), seed: seed)
      var notes = trainer.compilation.ignoredMetrics.map { "A metric is left out: \($0)" }
      if let saved = file.optimizer, saved.iterations > 0 {
        do {
          try state.setOptimizerVariables(
            saved.tensors, model: model, optimizer: trainer.compilation.optimizer)
        } catch {
          notes.append("The optimizer starts afresh: \(error)")
        }
      }
      let half = file.facts.halfPrecisionLayers
      if let policy = half.first?.precision {
        notes.append(
          "\(half.count) layers compute in \(policy.compute.rawValue) under the policy "
            + "\(policy.name); here they are computed in float32.")
      }
      let (callbacks, left) = readCallbacks(trainer.compilation.optimizer)
      return Prepared(
        trainer: trainer, state: state,
        data: rows, options: FitOptions(fit, validationData: data.validationRows),
        callbacks: callbacks,
        notes: notes + left, file: file)
    } catch {
      throw unread(error)
    }
  }

  /// Keras' crossentropies differ by backend where a probability reaches 0 or 1.
  private var numerics: LossNumerics {
    environment?.backend.map { $0 == "tensorflow" ? .fused : .clipped } ?? .fused
  }

  private func readCallbacks(
    _ optimizer: any Optimizer
  ) -> (callbacks: [any Callback], notes: [String]) {
    var rate: Double?
    if case .constant(let number) = optimizer.options.learningRate { rate = number }
    let (callbacks, others) = CallbackCatalogue.recorded(
      fit.callbacks, history: recorded?.history ?? [:], firstEpoch: fit.initialEpoch, rate: rate)
    return (callbacks, others.map { "The callback \($0) is left out." })
  }
}

extension TrainingRun.Prepared {
  /// The bytes of a `.keras` file with the model as the state has it, optimizer included.
  public func file(_ state: TrainingState) throws -> [UInt8] {
    let variables = state.optimizerVariables(
      model: trainer.model, optimizer: trainer.compilation.optimizer)
    let hasRate = variables.dropFirst().first?.name == "learning_rate"
    let saved = SavedOptimizer(
      iterations: state.iterations, learningRate: hasRate ? state.learningRate : nil,
      slots: variables.dropFirst(hasRate ? 2 : 1).map {
        StoredArray(shape: $0.tensor.shape.extents, scalars: $0.tensor.scalars)
      })
    return try KerasModelFile.archived(
      model: trainer.model, parameters: state.tensors(layout: trainer.layout),
      compileConfiguration: file.compileConfiguration, optimizer: saved, source: file.archive)
  }
}

extension SavedOptimizer {
  /// The variables in the order of the file.
  var tensors: [Tensor] {
    let rate = learningRate.map { [Tensor(shape: .scalar, scalars: [$0])] } ?? []
    return [Tensor(shape: .scalar, scalars: [Float(iterations)])] + rate
      + slots.map { Tensor(shape: Shape($0.shape), scalars: $0.scalars) }
  }
}
