import JSON
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// SpectralNormalization against Keras on both kinds of backends: where its weights are kept,
/// predictions, and three steps of training.
@Suite struct SpectralNormalizationTests {
  @Test(arguments: [
    ("spectral", LossNumerics.clipped), ("spectral_tensorflow", .fused),
  ])
  func numbersAreKeras(_ file: String, _ numerics: LossNumerics) throws {
    for entry in try Golden.entries("\(file).json") {
      let name = try #require(entry["name"]?.string)
      let config = try #require(entry["config"])
      let model = try Model(configuration: config)
      try #require(model.isRunnable, "\(name): \(model.opaqueLayers)")
      let saved = try Self.arrays(entry["weights"])
      #expect(Self.paths(model) == saved.keys.sorted(), "\(name)")
      let compilation = try Compilation(
        configuration: try #require(config["compile_config"]), numerics: numerics)
      let trainer = try Trainer(model: model, compilation: compilation, backend: testedBackend)
      var state = try trainer.initialState(
        parameters: try model.variables.map { try #require(saved[$0.path]) }, seed: 0)
      let x = try #require(entry["x"]?.tensors)
      func check(_ key: String) throws {
        let wanted = try #require(entry[key]?.tensor)
        let found = try trainer.predict(state, inputs: x)[0]
        #expect(deviation(found.scalars, wanted.scalars) < 5e-5, "\(key) of \(name)")
      }
      try check("output")
      let data = TrainingData(inputs: x, targets: [try #require(entry["y"]?.tensor)])
      var losses: [Float] = []
      for _ in 0..<3 {
        let history = try trainer.fit(
          &state, data: data, options: FitOptions(batchSize: x[0].rowCount, shuffle: false))
        losses.append(Float(history["loss"][0]))
      }
      let expected = try #require(entry["losses"]?.tensor).scalars
      #expect(deviation(losses, expected) < 5e-5, "losses of \(name): \(losses), \(expected)")
      let after = try Self.arrays(entry["weights_after_3"])
      for variable in model.variables {
        let found = state.tensor(variable.number, layout: model.layout).scalars
        let wanted = try #require(after[variable.path]).scalars
        #expect(
          deviation(found, wanted, scale: 0.1) < 5e-5,
          "\(variable.path) of \(name): \(found), \(wanted)")
      }
      try check("output_after_3")
      let again = try Model(configuration: model.configuration)
      #expect(again.configuration == model.configuration && Self.paths(again) == Self.paths(model))
    }
  }

  /// Layers without a kernel are refused by name, as Keras refuses them.
  @Test func layersWithoutAKernelAreNamed() throws {
    let model = try Model(
      configuration: [
        "class_name": "Sequential",
        "config": [
          "name": "m",
          "layers": [
            ["class_name": "InputLayer", "config": ["batch_shape": [nil, 3], "name": "x"]],
            [
              "class_name": "SpectralNormalization",
              "config": [
                "name": "spectral",
                "layer": ["class_name": "LayerNormalization", "config": ["name": "inner"]],
              ],
            ],
          ],
        ],
      ])
    let opaque = try #require(model.opaqueLayers.first)
    #expect(opaque.name == "spectral" && opaque.reason.contains("LayerNormalization 'inner'"))
  }

  private static func paths(_ model: Model) -> [String] {
    var counts: [String: Int] = [:]
    return model.variables.flatMap { variable in
      guard let second = variable.secondLayerPath else { return [variable.path] }
      let position = counts[second, default: 0]
      counts[second] = position + 1
      return [variable.path, "\(second)/vars/\(position)"]
    }.sorted()
  }

  private static func arrays(_ json: JSONValue?) throws -> [String: Tensor] {
    var result: [String: Tensor] = [:]
    for member in json?.object?.members ?? [] { result[member.key] = member.value.tensor }
    return result
  }
}
