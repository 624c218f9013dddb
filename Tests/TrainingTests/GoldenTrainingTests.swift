import Engine
import JSON
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// Whole training runs against Keras: the same weights, the same batches.
@Suite(.serialized) struct GoldenTrainingTests {
  /// One step to 1e-5, fifty to 1e-4, of the largest weight.
  private static let (oneStep, fiftySteps): (Float, Float) = (1e-5, 1e-4)

  @Test func fiftyStepsAreKeras() throws {
    for entry in try Golden.entries("training50.json") {
      let label = Comment(rawValue: entry["name"]?.string ?? "")
      let config = try #require(entry["config"])
      let model = try Model(configuration: config)
      #expect(model.isRunnable, "\(label): \(model.opaqueLayers)")
      let compile = try #require(config["compile_config"])
      let compilation = try Compilation(configuration: compile, numerics: .clipped)
      let trainer = try Trainer(model: model, compilation: compilation, backend: testedBackend)
      let paths = (entry["weight_paths"]?.array ?? []).compactMap(\.string)
      let initial = try parameters(entry["initial_weights"], paths, model)
      var state = try trainer.initialState(parameters: initial, seed: 0)
      let x = entry["x"]?.tensors ?? []
      let y = try #require(entry["y"]?.tensor)
      let weights = entry["sample_weight"]?.tensor.map { [$0] } ?? []
      let size = entry["batch_size"]?.int ?? 8
      var options = FitOptions(batchSize: size, shuffle: false)
      for member in entry["class_weight"]?.object?.members ?? [] {
        if let label = Int(member.key) { options.classWeight[label] = member.value.double }
      }
      let wanted = try #require(entry["losses"]?.tensor).scalars
      var losses: [Float] = []
      for step in wanted.indices {
        let start = step * size % y.rowCount
        let rows = TrainingData(
          inputs: x, targets: [y], sampleWeights: weights
        ).rows(start..<start + size)
        let history = try trainer.fit(&state, data: rows, options: options)
        losses.append(Float(history["loss"][0]))
        if step == 0 {
          try compare(state, entry["weights_after_1"], paths, model, Self.oneStep, label)
        }
      }
      #expect(deviation(losses, wanted) < Self.fiftySteps, label)
      try compare(state, entry["weights_after_50"], paths, model, Self.fiftySteps, label)
    }
  }

  /// The weights of the file by Keras' paths, in the model's order.
  private func parameters(
    _ json: JSONValue?, _ paths: [String], _ model: Model
  ) throws -> [Tensor] {
    let tensors = json?.tensors ?? []
    return try model.variables.map { variable in
      let suffix = "\(variable.layer)/\(variable.name)"
      let index = try #require(
        paths.firstIndex { $0 == suffix || $0.hasSuffix("/" + suffix) }, "\(suffix) in \(paths)")
      return tensors[index]
    }
  }

  private func compare(
    _ state: TrainingState, _ json: JSONValue?, _ paths: [String], _ model: Model,
    _ tolerance: Float, _ label: Comment
  ) throws {
    let expected = try parameters(json, paths, model)
    for (variable, tensor) in zip(model.variables, expected) {
      if Self.isIdle(variable, model) { continue }
      let found = state.tensor(variable.number, layout: model.layout)
      #expect(
        deviation(found.scalars, tensor.scalars, scale: 0.01) < tolerance,
        "\(variable.layer)/\(variable.name) of \(label)")
    }
  }

  /// Whether a variable has no effect: a bias in front of BatchNormalization, and the moving mean
  /// that follows it. The bias' gradient is what rounding leaves of 0, which RMSprop and Adam blow
  /// up to whole steps of random sign.
  private static func isIdle(_ variable: ModelVariable, _ model: Model) -> Bool {
    guard let place = model.layers.firstIndex(where: { $0.name == variable.layer }) else {
      return false
    }
    switch variable.name {
    case "bias":
      return model.layers.dropFirst(place + 1).first?.className == "BatchNormalization"
    case "moving_mean": return model.layers.prefix(place).last?.className == "Dense"
    default: return false
    }
  }

  /// Optimizers of `golden_models.json`, which holds none.
  private static let compilations: [String: JSONValue] = [
    "mlp": [
      "optimizer": ["class_name": "Adam", "config": ["learning_rate": 0.01]],
      "loss": "sparse_categorical_crossentropy",
    ],
    "bn": [
      "optimizer": ["class_name": "RMSprop", "config": ["learning_rate": 0.01]],
      "loss": "binary_crossentropy",
    ],
    "ln": [
      "optimizer": ["class_name": "Adagrad", "config": ["learning_rate": 0.1]], "loss": "mse",
    ],
  ]

  @Test(arguments: compilations.keys.sorted())
  func threeStepsAreTensorFlows(_ name: String) throws {
    let entry = try #require(try Golden.value("golden_models.json")[name])
    let model = try Model(configuration: try #require(entry["config"]))
    let trainer = try Trainer(
      model: model,
      compilation: try Compilation(configuration: try #require(Self.compilations[name])),
      backend: testedBackend)
    let initial = entry["w0"]?.tensors ?? []
    var state = try trainer.initialState(parameters: initial, seed: 0)
    let x = try #require(entry["x"]?.tensor)
    let y = try #require(entry["y"]?.tensor)
    let prediction = try trainer.predict(state, inputs: [x])[0]
    let wanted = try #require(entry["pred0"]?.tensor)
    #expect(deviation(prediction.scalars, wanted.scalars) < Self.oneStep)
    let history = try trainer.fit(
      &state, data: TrainingData(inputs: [x], targets: [y]),
      options: FitOptions(epochs: 3, batchSize: x.rowCount, shuffle: false))
    let losses = try #require(entry["losses"]?.tensor)
    #expect(deviation(history["loss"].map(Float.init), losses.scalars) < Self.fiftySteps)
    for (variable, expected) in zip(model.variables, entry["w3"]?.tensors ?? [])
    where !Self.isIdle(variable, model) {
      let found = state.tensor(variable.number, layout: model.layout)
      #expect(deviation(found.scalars, expected.scalars) < Self.fiftySteps)
    }
  }
}
