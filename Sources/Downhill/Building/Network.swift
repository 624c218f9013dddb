import Engine
import Foundation
import FileAccess
import JSON
import KerasFiles
public import Networks
public import Tensors
public import Training

/// A model with its weights that learns and answers: Keras' `Model` as a Swift value.
///
/// ```swift
/// var network = try Sequential(input: [64]) {
///   Dense(64, activation: .relu)
///   Dense(10, activation: .softmax)
/// }
/// try network.compile(
///   optimizer: .adam(learningRate: 0.001), loss: .sparseCategoricalCrossentropy(),
///   metrics: [.accuracy])
/// let history = try network.fit(x, y, epochs: 10, validationSplit: 0.2)
/// print(history["val_accuracy"].last ?? 0)
/// try network.save("digits.keras")
/// ```
///
/// It is a value: a copy is an experiment of its own, which starts from the same weights.
public struct Network: Sendable {
  /// The layers and how they are connected.
  public let model: Model
  /// Whence first weights, the order of rows, dropout and noise come.
  public let seed: UInt64
  /// How it learns; `nil` until ``compile(optimizer:loss:metrics:weightedMetrics:numerics:)``.
  public private(set) var compilation: Compilation?
  /// Everything that training changes, the weights among it.
  public var state: TrainingState
  private var source: KerasArchive?

  /// A network of a model with fresh weights.
  ///
  /// - Throws: `ModelError` for a model that cannot be run, `ShapeError` for layers that do not fit.
  public init(_ model: Model, seed: UInt64 = 0) throws {
    guard model.opaqueLayers.isEmpty else { throw ModelError.opaque(model.opaqueLayers) }
    guard model.isRunnable else { throw ModelError.unknownInputShape(model: model.name) }
    self.model = model
    self.seed = seed
    state = try Self.idleState(
      model, parameters: try model.initialParameters(seed: seed), seed: seed)
  }

  /// A network of a functional model with fresh weights.
  ///
  /// - Throws: `ModelError` for a model that cannot be run, `ShapeError` for layers that do not fit.
  public init(
    inputs: [Symbol], outputs: [Symbol], name: String = "functional", seed: UInt64 = 0
  ) throws {
    try self.init(Model(inputs: inputs, outputs: outputs, name: name), seed: seed)
  }

  /// Opens a `.keras` file, weights and the optimizer's memory included.
  ///
  /// - Throws: `InputError` for a file that cannot be read, `ModelError` for a model that cannot be run.
  public init(path: String, seed: UInt64 = 0) throws {
    let file = try KerasModelFile(path: path)
    guard let model = file.model else {
      throw ModelError.notAModel(found: file.obstacle ?? "no model")
    }
    try self.init(model, seed: seed)
    source = file.archive
    let parameters = try file.parameters ?? model.initialParameters(seed: seed)
    state = try Self.idleState(model, parameters: parameters, seed: seed)
    if let configuration = file.compileConfiguration {
      let compilation = try Compilation(configuration: configuration)
      self.compilation = compilation
      state = try file.trainingState(optimizer: compilation.optimizer, seed: seed).state
    }
  }

  /// The state of a model that does not learn yet.
  private static func idleState(
    _ model: Model, parameters: [Tensor], seed: UInt64
  ) throws -> TrainingState {
    try TrainingState(
      model: model, optimizer: try OptimizerCatalogue.optimizer("sgd"), parameters: parameters,
      seed: seed)
  }

  // MARK: Compiling

  /// Says how the network learns. Its optimizer starts afresh, the weights stay.
  ///
  /// - Parameters:
  ///   - optimizer: How gradients become steps.
  ///   - loss: What is made small, for every output.
  ///   - metrics: What is reported besides.
  ///   - weightedMetrics: What is reported besides, with the weights of the samples.
  ///   - numerics: Whose arithmetic the crossentropies follow.
  /// - Throws: `ConfigurationError` for names and arguments that Keras does not know.
  public mutating func compile(
    optimizer: OptimizerChoice, loss: LossChoice, metrics: [MetricChoice] = [],
    weightedMetrics: [MetricChoice] = [], numerics: LossNumerics = .fused
  ) throws {
    try compile(
      [
        "optimizer": optimizer.json, "loss": loss.json,
        "metrics": .array(metrics.map(\.json)),
        "weighted_metrics": .array(weightedMetrics.map(\.json)),
      ], numerics)
  }

  /// Says how a network with several outputs learns.
  ///
  /// - Parameters:
  ///   - optimizer: How gradients become steps.
  ///   - losses: What is made small, by the names of the outputs.
  ///   - lossWeights: By what each is multiplied in their sum.
  ///   - metrics: What is reported besides, by the names of the outputs.
  ///   - numerics: Whose arithmetic the crossentropies follow.
  /// - Throws: `ConfigurationError` for names and arguments that Keras does not know.
  public mutating func compile(
    optimizer: OptimizerChoice, losses: [String: LossChoice],
    lossWeights: [String: Double] = [:], metrics: [String: [MetricChoice]] = [:],
    numerics: LossNumerics = .fused
  ) throws {
    func object<T>(_ values: [String: T], _ json: (T) -> JSONValue) -> JSONValue {
      var object = JSONObject()
      for name in model.outputNames {
        if let value = values[name] { object[name] = json(value) }
      }
      for name in values.keys.sorted() where object[name] == nil {
        object[name] = values[name].map(json)
      }
      return .object(object)
    }
    try compile(
      [
        "optimizer": optimizer.json, "loss": object(losses, \.json),
        "loss_weights": lossWeights.isEmpty ? nil : object(lossWeights) { .double($0) },
        "metrics": object(metrics) { .array($0.map(\.json)) },
      ], numerics)
  }

  private mutating func compile(_ configuration: JSONValue, _ numerics: LossNumerics) throws {
    let compilation = try Compilation(configuration: configuration, numerics: numerics)
    if let first = compilation.ignoredMetrics.first {
      throw ConfigurationError(
        subject: "compile", key: "metrics", found: first, expected: "metrics that Keras knows")
    }
    _ = try compilation.losses(for: model.outputNames)
    _ = try compilation.metrics(for: model.outputNames)
    self.compilation = compilation
    state = try TrainingState(
      model: model, optimizer: compilation.optimizer, parameters: weights, seed: seed)
  }

  // MARK: Weights and files

  /// The values of all variables, in Keras' order.
  public var weights: [Tensor] { state.tensors(layout: model.layout) }

  /// Writes a `.keras` file, which Keras opens and goes on training from.
  ///
  /// - Throws: `OutputError` if it cannot be written.
  public func save(_ path: String) throws {
    let bytes =
      if let compilation {
        try KerasModelFile.archived(
          model: model, state: state, compilation: compilation, source: source)
      } else {
        try KerasModelFile.archived(model: model, parameters: weights, source: source)
      }
    try AtomicFile.write(bytes, to: path)
  }

  /// What makes files of the network for callbacks that save it.
  func archive(_ compilation: Compilation) -> KerasModelArchive {
    KerasModelArchive(model: model, compilation: compilation, source: source)
  }

  /// A trainer for the network on all cores.
  func trainer() throws -> Trainer {
    guard let compilation else {
      throw ConfigurationError(
        subject: "network '\(model.name)'", key: "", found: "a network that was not compiled",
        expected: "one that was", advice: "Call compile(optimizer:loss:) first.")
    }
    let threads = ProcessInfo.processInfo.activeProcessorCount
    return try Trainer(
      model: model, compilation: compilation, backend: CPUBackend(threads: threads))
  }
}

// Keras' name, for what stands where a type stands.
// swift-format-ignore: AlwaysUseLowerCamelCase
/// A stack of layers with fresh weights, each taking what the one before computed.
///
/// - Parameters:
///   - input: The shape of one row of the data.
///   - name: The name of the model.
///   - seed: Whence first weights, the order of rows, dropout and noise come.
///   - layers: The layers, first to last.
/// - Throws: `ModelError` for layers that cannot be run or do not fit each other.
public func Sequential(
  input: [Int], name: String = "sequential", seed: UInt64 = 0,
  @LayerBuilder _ layers: () throws -> [LayerEntry]
) throws -> Network {
  let configuration = ModelWriter.sequential(try layers(), input: input, name: name)
  return try Network(Model(configuration: configuration), seed: seed)
}

extension Model {
  /// A functional model: all layers between some inputs and some outputs.
  ///
  /// - Throws: `ModelError` if it contradicts itself.
  public init(inputs: [Symbol], outputs: [Symbol], name: String = "functional") throws {
    try self.init(
      configuration: ModelWriter.functional(inputs: inputs, outputs: outputs, name: name))
  }
}
