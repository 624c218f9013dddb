import Engine
import Graphs
import JSON
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// Models of sequences against Keras: predictions, gradients, three steps of training, the places of
/// weights in the file, and a configuration that survives the round trip.
@Suite struct SequenceTests {
  /// Of the largest number of each array, for one pass and for three steps.
  private static let (onePass, threeSteps): (Float, Float) = (2e-5, 5e-5)

  /// Models of the golden file that cannot be run here.
  private static let unsupported: Set<String> = []

  /// Models whose inputs stand where the loss jumps or bends: masked numbers, which are no longer
  /// masked when moved, comparisons and ties.
  private static let atCorners: Set = [
    "masking_dense", "masking_value_pooling", "lstm_no_bias", "gru_no_bias",
    "multi_head_given_mask", "reductions", "functions", "comparisons",
  ]

  static let files = [
    "sequence_masks", "sequence_recurrent", "sequence_attention", "sequence_operators",
  ]

  @Test(arguments: files) func numbersAreKeras(_ file: String) throws {
    for entry in try Golden.entries("\(file).json") { try check(entry) }
  }

  private func check(_ entry: JSONValue) throws {
    let name = try #require(entry["name"]?.string)
    let config = try #require(entry["config"])
    let model = try Model(configuration: config)
    #expect(model.isRunnable != Self.unsupported.contains(name), "\(name): \(model.opaqueLayers)")
    guard model.isRunnable else { return }
    let saved = try arrays(entry["weights"])
    #expect(model.variables.map(\.path).sorted() == saved.keys.sorted(), "\(name)")
    let initial = try values(saved, model)
    for (variable, tensor) in zip(model.variables, initial) {
      try #require(variable.shape == tensor.shape, "\(variable.path)")
    }
    let compilation = try Compilation(
      configuration: try #require(config["compile_config"]), numerics: .clipped)
    let x = entry["x"]?.tensors ?? []
    let y = try #require(entry["y"]?.tensor)
    let trainer = try Trainer(model: model, compilation: compilation, backend: testedBackend)
    var state = try trainer.initialState(parameters: initial, seed: 0)
    let predicted = try trainer.predict(state, inputs: x)[0]
    let wanted = try #require(entry["output"]?.tensor)
    #expect(predicted.shape == wanted.shape)
    #expect(model.outputRowShapes == [Shape(Array(wanted.shape.extents.dropFirst()))])
    #expect(deviation(predicted.scalars, wanted.scalars) < Self.onePass, "output of \(name)")
    try checkGradients(entry, model, compilation, initial, x, y)

    let data = TrainingData(inputs: x, targets: [y])
    var losses: [Float] = []
    for _ in 0..<3 {
      let history = try trainer.fit(
        &state, data: data, options: FitOptions(batchSize: y.rowCount, shuffle: false))
      losses.append(Float(history["loss"][0]))
    }
    let expected = try #require(entry["losses"]?.tensor).scalars
    #expect(deviation(losses, expected) < Self.threeSteps, "losses of \(name)")
    let after = try values(try arrays(entry["weights_after_3"]), model)
    for (variable, tensor) in zip(model.variables, after) {
      let found = state.tensor(variable.number, layout: model.layout).scalars
      #expect(
        deviation(found, tensor.scalars, scale: 0.1) < Self.threeSteps,
        "\(variable.path) of \(name)")
    }
    try checkRoundTrip(model)
  }

  private func arrays(_ json: JSONValue?) throws -> [String: Tensor] {
    var result: [String: Tensor] = [:]
    for member in json?.object?.members ?? [] { result[member.key] = member.value.tensor }
    return result
  }

  private func values(_ arrays: [String: Tensor], _ model: Model) throws -> [Tensor] {
    try model.variables.map { try #require(arrays[$0.path], "\($0.path)") }
  }

  /// The gradients of the loss, penalties included, as the model predicts.
  private func checkGradients(
    _ entry: JSONValue, _ model: Model, _ compilation: Compilation, _ parameters: [Tensor],
    _ x: [Tensor], _ y: Tensor
  ) throws {
    var objective = try Objective(
      model: model, compilation: compilation, batchSize: y.rowCount,
      inputRows: x.map { Shape(Array($0.shape.extents.dropFirst())) },
      targetRows: [Shape(Array(y.shape.extents.dropFirst()))], isTraining: false)
    let trainable = model.variables.filter(\.isTrainable)
    let wanted = try arrays(entry["weight_gradients"])
    let byInputs = entry["input_gradients"]?.tensors ?? []
    let sources =
      trainable.map { objective.forward.parameters[$0.number] }
      + objective.inputs.prefix(byInputs.count)
    let gradients = objective.graph.gradients(of: objective.loss, withRespectTo: sources)
    let name = entry["name"]?.string ?? ""
    let movable = Self.atCorners.contains(name) ? 0..<0 : byInputs.indices
    let moved =
      trainable.map { SlopeCheck.Source.parameter($0.number) } + movable.map { .input($0) }
    SlopeCheck(
      graph: objective.graph, loss: objective.loss,
      inputs: (x + [y]).map(\.scalars), parameters: parameters.map(\.scalars)
    ).check(Array(zip(moved, gradients)), "\(name)")
    let program = Program(graph: objective.graph, outputs: gradients)
    let executable = try testedBackend.compile(program, layout: model.layout)
    for (number, tensor) in (x + [y]).enumerated() where number < program.inputShapes.count {
      if program.inputShapes[number].count == tensor.scalars.count {
        _ = executable.input(number).update(fromContentsOf: tensor.scalars)
      }
    }
    var arena = try TrainingState(
      model: model, optimizer: compilation.optimizer, parameters: parameters, seed: 0
    ).parameters
    try arena.withUnsafeMutableBufferPointer { buffer in
      executable.run(
        parameters: try #require(buffer.baseAddress), gradients: nil, seed: 0, step: 0)
    }
    for (number, variable) in trainable.enumerated() {
      let expected = try #require(wanted[variable.path])
      #expect(
        deviation(Array(executable.output(number)), expected.scalars, scale: 0.1) < Self.onePass,
        "gradient of \(variable.path) of \(name)")
    }
    for (number, expected) in byInputs.enumerated() {
      let found = Array(executable.output(trainable.count + number))
      #expect(
        deviation(found, expected.scalars, scale: 0.1) < Self.onePass,
        "gradient of input \(number) of \(name)")
    }
  }

  /// The lean configuration means the same model, and is as lean as it gets.
  private func checkRoundTrip(_ model: Model) throws {
    let written = model.configuration
    let again = try Model(configuration: written)
    #expect(again.isRunnable, "\(again.opaqueLayers)")
    #expect(again.configuration == written)
    #expect(again.variables.map(\.path) == model.variables.map(\.path))
  }
}
