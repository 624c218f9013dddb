import Engine
import Foundation
import JSON
import Networks
import Tensors
import TestSupport
import Testing
import Training

@Suite struct TrainerTests {
  private static let hidden: JSONValue = [
    "name": "hidden", "units": 5, "activation": "relu",
    "kernel_constraint": ["class_name": "MaxNorm", "config": ["max_value": 0.5]],
  ]
  private static let input: JSONValue = ["batch_shape": [nil, 3], "name": "x"]
  private static let layers: [JSONValue] = [
    ["class_name": "InputLayer", "config": input],
    ["class_name": "Dense", "config": hidden],
    ["class_name": "Dropout", "config": ["name": "drop", "rate": 0.2]],
    ["class_name": "Dense", "config": ["name": "out", "units": 1]],
  ]
  private static let configuration: JSONValue = [
    "class_name": "Sequential", "config": ["name": "m", "layers": .array(layers)],
  ]

  private static func data(_ rows: Int) -> TrainingData {
    let x = RandomNumbers(seed: 5, purpose: .probing).normal(rows * 3)
    let y = (0..<rows).map { (row: Int) -> Float in x[3 * row] - 2 * x[3 * row + 1] }
    return TrainingData(
      inputs: [Tensor(shape: [rows, 3], scalars: x)], targets: [Tensor(shape: [rows], scalars: y)])
  }

  private func trainer(_ optimizer: JSONValue = "adam") throws -> Trainer {
    try Trainer(
      model: try Model(configuration: Self.configuration),
      compilation: try Compilation(
        configuration: ["optimizer": optimizer, "loss": "mse", "metrics": ["mae"]]),
      backend: testedBackend)
  }

  @Test func theSameSeedGivesTheSameBits() throws {
    let data = Self.data(30)
    let states = try (0..<2).map { _ in
      let trainer = try trainer()
      var state = try trainer.initialState(seed: 9)
      _ = try trainer.fit(&state, data: data, options: FitOptions(epochs: 3, batchSize: 8))
      return state
    }
    #expect(states[0] == states[1])
    #expect(states[0].iterations == 12)
  }

  @Test func aRunThatIsCutInTwoIsTheSameRun() throws {
    let data = Self.data(24)
    let trainer = try trainer()
    var whole = try trainer.initialState(seed: 3)
    var parts = whole
    _ = try trainer.fit(&whole, data: data, options: FitOptions(epochs: 4, batchSize: 8))
    _ = try trainer.fit(&parts, data: data, options: FitOptions(epochs: 2, batchSize: 8))
    _ = try trainer.fit(
      &parts, data: data, options: FitOptions(epochs: 4, batchSize: 8, initialEpoch: 2))
    #expect(whole == parts)
  }

  @Test func constraintsHoldAfterEveryStep() throws {
    let trainer = try trainer(["class_name": "SGD", "config": ["learning_rate": 0.5]])
    var state = try trainer.initialState(seed: 3)
    _ = try trainer.fit(&state, data: Self.data(24), options: FitOptions(epochs: 2, batchSize: 8))
    let kernel = state.tensor(0, layout: trainer.layout)
    for column in 0..<5 {
      let length = (0..<3).reduce(Float(0)) {
        $0 + kernel.scalars[$1 * 5 + column] * kernel.scalars[$1 * 5 + column]
      }
      #expect(length.squareRoot() <= 0.5001)
    }
  }

  @Test func cancellingKeepsWhatWasLearnt() throws {
    let trainer = try trainer()
    var state = try trainer.initialState(seed: 3)
    let start = state.parameters
    var batches = 0
    let history = try trainer.fit(
      &state, data: Self.data(32), options: FitOptions(epochs: 5, batchSize: 8),
      isCancelled: { batches >= 6 },
      onBatch: { _ in
        batches += 1
        return .proceed
      })
    #expect(history.ending == .cancelled)
    #expect(history.epochs.count == 1 && state.iterations == 6)
    #expect(state.parameters != start)
  }

  @Test func aWatcherCanEndTheRun() throws {
    let trainer = try trainer()
    var state = try trainer.initialState(seed: 3)
    let history = try trainer.fit(
      &state, data: Self.data(32), options: FitOptions(epochs: 5, batchSize: 8),
      onEpoch: { epoch, _, _ in epoch == 1 ? .stop : .proceed })
    #expect(history.ending == .stopped && history.epochs.count == 2)
  }

  @Test func evaluationIsThatOfTheEpochsEnd() throws {
    let trainer = try trainer()
    var state = try trainer.initialState(seed: 3)
    let data = Self.data(40)
    let history = try trainer.fit(
      &state, data: data,
      options: FitOptions(epochs: 2, batchSize: 8, validationData: Self.data(20)))
    let logs = try trainer.evaluate(state, data: Self.data(20), batchSize: 8)
    #expect(logs.names == ["loss", "mae"])
    #expect(history["val_loss"][1] == logs["loss"] && history["val_mae"][1] == logs["mae"])
    let before = state
    _ = try trainer.evaluate(state, data: data)
    #expect(before == state)
  }

  @Test(arguments: ["sgd", "adam", "rmsprop", "nadam", "adamw"])
  func optimizerVariablesSurviveTheRoundTrip(_ name: String) throws {
    let trainer = try trainer(.string(name))
    var state = try trainer.initialState(seed: 3)
    _ = try trainer.fit(&state, data: Self.data(32), options: FitOptions(epochs: 2, batchSize: 8))
    let optimizer = trainer.compilation.optimizer
    let saved = state.optimizerVariables(model: trainer.model, optimizer: optimizer)
    #expect(saved[0].isInteger && saved[0].tensor.scalars == [8])
    var other = try trainer.initialState(parameters: state.tensors(layout: trainer.layout), seed: 3)
    try other.setOptimizerVariables(
      saved.map(\.tensor), model: trainer.model, optimizer: optimizer)
    #expect(zip(other.scalars, state.scalars).allSatisfy { abs($0 - $1) < 1e-6 })
    other.scalars = state.scalars
    #expect(other == state)
    #expect(throws: TrainingError.self) {
      try other.setOptimizerVariables([], model: trainer.model, optimizer: optimizer)
    }
  }

  @Test func dataThatDoesNotFitIsRefused() throws {
    let trainer = try trainer()
    var state = try trainer.initialState(seed: 3)
    func failing(
      _ inputs: Shape, _ targets: Shape, weights: [Tensor] = [],
      options: FitOptions = FitOptions()
    ) -> String {
      let data = TrainingData(
        inputs: [Tensor(repeating: 1, shape: inputs)],
        targets: [Tensor(repeating: 1, shape: targets)], sampleWeights: weights)
      do {
        _ = try trainer.fit(&state, data: data, options: options)
        return "no error"
      } catch { return "\(error)" }
    }
    #expect(failing([10, 4], [10]).contains("(10, 4)"))
    #expect(failing([10, 4], [10]).contains("axis 1: 4 for 3"))
    #expect(failing([10, 3], [9]).contains("10, 9 rows"))
    #expect(failing([0, 3], [0]).contains("no rows"))
    #expect(failing([10, 3], [10, 4]).contains("(10, 4)"))
    #expect(failing([10, 3], [10], options: FitOptions(batchSize: 0)).contains("batch_size"))
    #expect(
      failing([10, 3], [10], options: FitOptions(validationSplit: 1.5))
        .contains("validation_split"))
    #expect(
      failing(
        [10, 3], [10], weights: [Tensor(repeating: 1, shape: [10])],
        options: FitOptions(classWeight: [1: 2])
      ).contains("class_weight"))
    #expect(
      failing([10, 3], [10], weights: [Tensor(repeating: 1, shape: [10, 2])])
        .contains("sample weights"))
    #expect(
      failing([10, 3], [10], options: FitOptions(stepsPerEpoch: 0)).contains("steps_per_epoch"))
    #expect(state.iterations == 0)
  }

  @Test func argumentsByOutputAreDealtOutAsInKeras() throws {
    func names(_ metrics: JSONValue, _ outputs: [String], weighted: JSONValue = nil) throws
      -> [String]
    {
      try Compilation(
        configuration: [
          "optimizer": "sgd", "loss": "mse", "metrics": metrics, "weighted_metrics": weighted,
        ]
      ).metrics(for: outputs).map(\.name)
    }
    #expect(try names(["mae", "mse"], ["y"]) == ["mae", "mse"])
    #expect(try names(["mae", "mse"], ["a", "b"]) == ["a_mae", "b_mse"])
    #expect(try names([["mae", "mae"], nil], ["a", "b"]) == ["a_mae", "a_mae_1"])
    #expect(try names(["b": "mae"], ["a", "b"]) == ["b_mae"])
    #expect(
      try names(["mae"], ["y"], weighted: ["mae", "mae"])
        == ["mae", "weighted_mae", "weighted_mae_1"])
    #expect(throws: ConfigurationError.self) { try names(["mae"], ["a", "b"]) }
    #expect(throws: ConfigurationError.self) { try names(["c": "mae"], ["a", "b"]) }

    func losses(_ loss: JSONValue, _ weights: JSONValue = nil) throws -> [String] {
      try Compilation(
        configuration: ["optimizer": "sgd", "loss": loss, "loss_weights": weights]
      ).losses(for: ["b", "a"]).map { "\($0.output) \($0.function.className) \($0.weight ?? 1)" }
    }
    #expect(
      try losses("mse") == ["0 MeanSquaredError 1.0", "1 MeanSquaredError 1.0"])
    #expect(
      try losses(["a": "mae", "b": "mse"], ["a": 2.0, "b": 3.0])
        == ["0 MeanSquaredError 3.0", "1 MeanAbsoluteError 2.0"])
    // Keras sorts a dictionary of weights beside a list of losses.
    #expect(
      try losses(["mse", "mae"], ["b": 3.0, "a": 2.0])
        == ["0 MeanSquaredError 2.0", "1 MeanAbsoluteError 3.0"])
    #expect(try losses([nil, "mae"]) == ["1 MeanAbsoluteError 1.0"])
    #expect(throws: ConfigurationError.self) { try losses(["a": "mae"]) }
    #expect(throws: ConfigurationError.self) { try losses(["mse", "mae", "mse"]) }
  }

  @Test func aCallbackThatCannotKnowItsDirectionSaysSo() throws {
    let trainer = try trainer()
    var state = try trainer.initialState(seed: 3)
    let stopping = try CallbackCatalogue.callback(
      ["class_name": "EarlyStopping", "config": ["monitor": "val_nonsense"]])
    #expect(throws: TrainingError.self) {
      _ = try trainer.fit(&state, data: Self.data(10), callbacks: [stopping])
    }
  }

  @Test func compilationsSurviveTheRoundTrip() throws {
    let schedule: JSONValue = [
      "class_name": "CosineDecay",
      "config": ["initial_learning_rate": 0.1, "decay_steps": 100.0],
    ]
    let json: JSONValue = [
      "optimizer": ["class_name": "Adam", "config": ["learning_rate": schedule]],
      "loss": ["class_name": "Huber", "config": ["delta": 2.0, "name": "huber_loss"]],
      "metrics": ["accuracy", "no_such_metric"], "weighted_metrics": nil,
    ]
    let compilation = try Compilation(configuration: json)
    #expect(compilation.metrics.all.flatMap(\.self).map(\.name) == ["accuracy"])
    #expect(compilation.ignoredMetrics.count == 1)
    let again = try Compilation(configuration: compilation.configuration)
    #expect(again.configuration == compilation.configuration)
    #expect(compilation.configuration["loss"]?["config"]?["delta"]?.double == 2)
  }
}

@Suite struct TrainingCatalogueTests {
  @Test func everyFileIsRegistered() throws {
    let folders: [(String, [String], Set<String>)] = [
      (
        "Optimizers", OptimizerCatalogue.all.map { type in "\(type)" },
        [
          "Optimizer", "OptimizerCatalogue", "OptimizerOptions", "OptimizerRun", "OptimizerTrace",
          "OrthogonalIteration",
        ]
      ),
      (
        "Schedules", ScheduleCatalogue.all.map { type in "\(type)" },
        ["Schedule", "ScheduleCatalogue"]
      ),
      (
        "Callbacks", CallbackCatalogue.all.map { type in "\(type)" },
        [
          "Callback", "CallbackCatalogue", "FitControl", "Monitor", "ModelArchive",
          "FileWritingCallback", "SavingFrequency", "FileNameTemplate",
        ]
      ),
    ]
    for (folder, types, others) in folders {
      let path = Fixtures.project.appending(path: "Sources/Training/\(folder)").path()
      let files = try FileManager.default.contentsOfDirectory(atPath: path)
        .map { $0.replacing(".swift", with: "") }
      #expect(Set(files).subtracting(others) == Set(types))
    }
  }
}
