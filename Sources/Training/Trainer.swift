public import Engine
import Graphs
public import Networks
public import Tensors

/// Trains a model: `fit`, `evaluate`, `predict` with Keras' meaning.
///
/// It keeps what was compiled, so that the next call of the same shapes starts at once. Not for use
/// by two threads at once: trials that run side by side make their own.
public final class Trainer {
  /// What is trained.
  public let model: Model
  /// How it learns.
  public let compilation: Compilation
  /// Where each variable lies in the arena of all parameters.
  public let layout: ParameterLayout
  let backend: any Backend
  let optimizerRun: OptimizerRun
  private var programs: [ProgramKey: CompiledObjective] = [:]
  private var predictors: [ProgramKey: any Executable] = [:]

  /// A trainer.
  ///
  /// - Throws: `ModelError` if the model cannot be run.
  public init(model: Model, compilation: Compilation, backend: any Backend) throws {
    guard model.opaqueLayers.isEmpty else { throw ModelError.opaque(model.opaqueLayers) }
    guard model.isRunnable else { throw ModelError.unknownInputShape(model: model.name) }
    self.model = model
    self.compilation = compilation
    self.backend = backend
    layout = model.layout
    optimizerRun = OptimizerRun(
      compilation.optimizer, layout: layout, paths: model.trainablePaths,
      constraints: try Self.constraints(of: model, layout: layout, backend: backend),
      backend: backend)
  }

  /// The state before the first step, with first values from the initializers and the seed.
  public func initialState(seed: UInt64) throws -> TrainingState {
    try initialState(parameters: try model.initialParameters(seed: seed), seed: seed)
  }

  /// The state before the first step, with given first values.
  public func initialState(parameters: [Tensor], seed: UInt64) throws -> TrainingState {
    try TrainingState(
      model: model, optimizer: compilation.optimizer, parameters: parameters, seed: seed)
  }

  // MARK: Programs

  private struct ProgramKey: Hashable {
    let batchSize: Int
    let inputRows: [Shape]
    var targetRows: [Shape] = []
    var weightRows: [Shape] = []
    let isTraining: Bool
  }

  /// The objective compiled for batches of a size, from the cache if it was asked for before.
  func objective(
    for data: TrainingData, batchSize: Int, isTraining: Bool
  ) throws -> CompiledObjective {
    let key = ProgramKey(
      batchSize: batchSize, inputRows: data.inputs.map(\.rowShape),
      targetRows: data.targets.map(\.rowShape), weightRows: data.sampleWeights.map(\.rowShape),
      isTraining: isTraining)
    if let known = programs[key] { return known }
    var objective = try Objective(
      model: model, compilation: compilation, batchSize: batchSize, inputRows: key.inputRows,
      targetRows: key.targetRows, weightRows: key.weightRows, isTraining: isTraining)
    let trainable = isTraining ? model.variables.filter(\.isTrainable).map(\.number) : []
    let gradients = objective.gradients(ofParameters: trainable)
    var program = Program(
      graph: objective.graph,
      outputs: [objective.loss] + objective.metrics.flatMap(\.statistics),
      gradients: gradients,
      updates: (isTraining ? objective.forward.updates : [:])
        .merging(objective.forward.carried) { $1 })
    let rows = RowTraining(
      &program, candidates: isTraining ? optimizerRun.rowTables(of: model) : [])
    let executable = try backend.compile(program, layout: layout)
    let compiled = CompiledObjective(
      executable, objective, batchSize: batchSize,
      lookups: rows?.lookups(in: executable, layout: layout))
    programs[key] = compiled
    return compiled
  }

  /// The model alone, compiled for batches of a size.
  func predictor(for inputs: [any RowSource], batchSize: Int) throws -> any Executable {
    let key = ProgramKey(
      batchSize: batchSize, inputRows: inputs.map(\.rowShape), isTraining: false)
    if let known = predictors[key] { return known }
    var graph = Graph()
    let values = key.inputRows.enumerated().map { number, row in
      graph.input(number, shape: Shape([batchSize] + row.extents))
    }
    let forward = try model.buildForward(graph: &graph, inputs: values, training: false)
    let program = Program(graph: graph, outputs: forward.outputs, updates: forward.carried)
    let executable = try backend.compile(program, layout: layout)
    predictors[key] = executable
    return executable
  }

  /// A program that brings constrained parameters back after each step, if there are any.
  private static func constraints(
    of model: Model, layout: ParameterLayout, backend: any Backend
  ) throws -> (any Executable)? {
    var graph = Graph()
    var updates: [Int: Value] = [:]
    for variable in model.variables where variable.isTrainable {
      guard let constraint = variable.declaration.constraint else { continue }
      let value = graph.parameter(variable.number, shape: variable.shape)
      updates[variable.number] = try constraint.constrained(value, in: &graph)
    }
    if updates.isEmpty { return nil }
    return try backend.compile(
      Program(graph: graph, outputs: [], updates: updates), layout: layout)
  }
}
