import Engine
import JSON
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// Layers that keep their state from batch to batch, against Keras on TensorFlow: training with
/// validation in between, evaluation and prediction, one after the other, all go on where the last
/// batch ended.
@Suite struct StatefulTests {
  /// Of the largest number of each array.
  private static let tolerance: Float = 5e-5

  @Test func numbersAreKeras() throws {
    for entry in try Golden.entries("stateful.json") { try check(entry) }
  }

  private func check(_ entry: JSONValue) throws {
    let name = try #require(entry["name"]?.string)
    var (trainer, state) = try start(entry)
    #expect(!trainer.model.carriedStates.isEmpty, "\(name)")
    let x = try #require(entry["x"]?.tensor)
    let data = TrainingData(inputs: [x], targets: [try #require(entry["y"]?.tensor)])
    let size = try #require(entry["batch_size"]?.int)
    let held = TrainingData(
      inputs: [try #require(entry["held_x"]?.tensor)],
      targets: [try #require(entry["held_y"]?.tensor)])
    let history = try trainer.fit(
      &state, data: data,
      options: FitOptions(epochs: 2, batchSize: size, validationData: held, shuffle: false))
    for member in try #require(entry["history"]?.object).members {
      let found = history[member.key].map(Float.init)
      expect(found, try #require(member.value.tensor).scalars, "\(member.key) of \(name)")
    }
    let evaluated = try trainer.evaluate(carrying: &state, data: data, batchSize: size)
    expect(
      [Float(evaluated["loss"] ?? .nan)], [Float(try #require(entry["evaluated"]?.double))],
      "evaluate of \(name)")
    let predicted = try trainer.predict(carrying: &state, inputs: [x], batchSize: size)
    expect(
      predicted[0].scalars, try #require(entry["predicted"]?.tensor).scalars, "predict of \(name)")
    let after = try trainer.fit(
      &state, data: data, options: FitOptions(batchSize: size, shuffle: false))
    expect(
      after["loss"].map(Float.init), [Float(try #require(entry["loss_after"]?.double))],
      "the last fit of \(name)")
    let weights = entry["final_weights"]?.tensors ?? []
    for (found, wanted) in zip(state.tensors(layout: trainer.layout), weights) {
      expect(found.scalars, wanted.scalars, "weights of \(name)")
    }
    state.resetCarriedStates(layout: trainer.layout)
    // A prediction that does not carry leaves the state as it is.
    for _ in 0..<2 {
      let afresh = try trainer.predict(state, inputs: [x], batchSize: size)
      expect(
        afresh[0].scalars, try #require(entry["predicted_afresh"]?.tensor).scalars,
        "predict of \(name) after a reset")
    }
    let again = try Model(configuration: trainer.model.configuration)
    #expect(again.carriedStates == trainer.model.carriedStates, "\(name)")
  }

  private func start(_ entry: JSONValue) throws -> (Trainer, TrainingState) {
    let config = try #require(entry["config"])
    let model = try Model(configuration: config)
    try #require(model.isRunnable, "\(entry["name"]?.string ?? ""): \(model.opaqueLayers)")
    let compilation = try Compilation(
      configuration: try #require(config["compile_config"]), numerics: .fused)
    let trainer = try Trainer(model: model, compilation: compilation, backend: testedBackend)
    let weights = entry["initial_weights"]?.tensors ?? []
    return (trainer, try trainer.initialState(parameters: weights, seed: 0))
  }

  private func expect(_ found: [Float], _ wanted: [Float], _ what: Comment) {
    #expect(found.count == wanted.count, what)
    #expect(deviation(found, wanted) < Self.tolerance, what)
  }

  /// Keras trains such a model in whole batches of its size alone.
  @Test func otherBatchesAreRefused() throws {
    let entry = try #require(try Golden.entries("stateful.json").first)
    var (trainer, state) = try start(entry)
    let x = try #require(entry["x"]?.tensor)
    let data = TrainingData(inputs: [x], targets: [try #require(entry["y"]?.tensor)])
    for (rows, size) in [(12, 3), (10, 4), (12, 32)] {
      #expect(throws: TrainingError.self) {
        try trainer.fit(
          &state, data: data.rows(0..<rows), options: FitOptions(batchSize: size, shuffle: false))
      }
    }
    // What is evaluated goes in the model's batches; what is left over starts from zeros.
    let ten = try trainer.predict(state, inputs: data.rows(0..<10).inputs, batchSize: 32)[0]
    let all = try trainer.predict(state, inputs: [x], batchSize: 4)[0]
    #expect(ten.scalars.prefix(8) == all.scalars.prefix(8))
  }

  /// As Keras on JAX, which drops the states: every batch starts from zeros.
  @Test func statesCanBeDropped() throws {
    for entry in try Golden.entries("stateful.json") {
      let (trainer, state) = try start(entry)
      let afresh = try Trainer(
        model: trainer.model.startingAfresh(), compilation: trainer.compilation,
        backend: testedBackend)
      let other = try afresh.initialState(
        parameters: state.tensors(layout: trainer.layout), seed: 0)
      let x = try #require(entry["x"]?.tensor)
      let rows = TrainingData(inputs: [x], targets: [try #require(entry["y"]?.tensor)])
      let dropped = try afresh.predict(other, inputs: [x], batchSize: 4)[0].scalars
      let kept = try trainer.predict(state, inputs: [x], batchSize: 4)[0].scalars
      let name: Comment = "\(entry["name"]?.string ?? "")"
      #expect(dropped.prefix(4) == kept.prefix(4), name)
      for start in [4, 8] {
        let alone = try afresh.predict(
          other, inputs: rows.rows(start..<start + 4).inputs, batchSize: 4)[0].scalars
        #expect(Array(dropped[start..<start + 4]) == alone, name)
      }
      if name != "initial_state" { #expect(dropped != kept, name) }
    }
  }

  /// As Keras says: the state of how many rows would be kept?
  @Test func openBatchesAreRefused() throws {
    let entry = try #require(try Golden.entries("stateful.json").first)
    var config = try #require(entry["config"])
    var layers = try #require(config["config"]?["layers"]?.array)
    layers[0]["config"]?["batch_shape"] = [nil, 5, 3]
    config["config"]?["layers"] = .array(layers)
    config["build_config"] = nil
    let model = try Model(configuration: config)
    #expect(!model.isRunnable)
    #expect("\(model.opaqueLayers)".contains("fixed batch size"), "\(model.opaqueLayers)")
  }
}
