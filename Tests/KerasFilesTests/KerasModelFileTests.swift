import Archives
import CaseFile
import FileAccess
import JSON
import KerasFiles
import Networks
import Tensors
import TestSupport
import Testing
import Training

@Suite struct KerasModelFileTests {
  /// What the samples are: how many variables the model has, how many slots the optimizer, and
  /// whether the engine runs it.
  static let contents: [(String, variables: Int, slots: Int, layers: Int)] = [
    ("func", 4, 4, 4), ("k2", 8, 12, 4), ("norm", 5, 5, 3), ("old_3.4.1", 4, 8, 5),
    ("old_3.8.0", 4, 8, 5), ("seq", 8, 12, 5),
  ]

  @Test(arguments: contents.indices) func readsModelsThatRun(_ number: Int) throws {
    let (name, variables, slots, layers) = Self.contents[number]
    let file = try KerasModelFile(path: KerasArchiveTests.path(name))
    #expect(file.obstacle == nil)
    #expect(file.parameters?.count == variables)
    #expect(file.optimizer?.slots.count == slots)
    #expect(file.optimizer?.iterations == 1)
    let facts = file.facts
    #expect(facts.layers.count == layers)
    #expect(facts.opaqueLayers.isEmpty)
    #expect(facts.optimizerIterations == 1)
    for layer in facts.layers {
      #expect(layer.outputShape != nil, "\(layer.name)")
      #expect(!layer.variables.contains { $0.statistics == nil }, "\(layer.name)")
      for input in layer.inputs { #expect(facts.layer(named: input) != nil) }
    }
    for output in facts.outputLayers { #expect(facts.layer(named: output) != nil) }
  }

  @Test func factsOfAFunctionalModel() throws {
    let facts = try KerasModelFile(path: KerasArchiveTests.path("func")).facts
    #expect(facts.name == "skipnet")
    #expect(facts.layer(named: "add")?.inputs == ["feat", "dense_1"])
    #expect(facts.outputLayers == ["dense_2"])
    #expect(facts.layer(named: "dense_2")?.outputShape == [1])
    #expect(facts.layer(named: "dense_1")?.variables.map(\.name) == ["kernel", "bias"])
  }

  /// A sample whose layers of one class are of a class that only its author has.
  private func sample(_ name: String, withoutClass className: String) throws -> KerasModelFile {
    let archive = try ZipArchive(path: KerasArchiveTests.path(name))
    var writer = ZipWriter()
    for entry in archive.entries {
      var bytes = try archive.read(entry)
      if entry.name == "config.json" {
        let text = String(decoding: bytes, as: UTF8.self)
        bytes = Array(
          text.replacing(
            "\"keras.layers\", \"class_name\": \"\(className)\"",
            with: "\"mine\", \"class_name\": \"\(className)\""
          ).utf8)
      }
      writer.add(entry.name, bytes)
    }
    let changed = ReadableFile(bytes: writer.archive(), name: name)
    return try KerasModelFile(KerasArchive(ZipArchive(changed)), of: name)
  }

  @Test func layersThatCannotRunAreStillKnown() throws {
    let file = try sample("aug", withoutClass: "RandomRotation")
    #expect(file.obstacle?.contains("random_rotation") == true)
    let facts = file.facts
    #expect(facts.layer(named: "flatten")?.outputShape == [50])
    #expect(facts.layer(named: "dense_5")?.outputShape == [3])
    let custom = try #require(facts.layer(named: "random_rotation"))
    #expect(custom.isOpaque)
    #expect(custom.inputs == ["random_flip"])
    #expect(custom.outputShape == [8, 8, 3])
    let kernel = try #require(facts.layer(named: "conv2d")?.variables.first)
    #expect(kernel.name == "kernel")
    #expect(kernel.shape == [3, 3, 3, 4])
    #expect(kernel.statistics != nil)
  }

  @Test func layersOfModelsWithinTheModelLieFlat() throws {
    let facts = try KerasModelFile(path: KerasArchiveTests.path("rnn")).facts
    #expect(facts.layer(named: "inner/dense_2")?.inputs == ["inner/dense_1"])
    #expect(facts.layer(named: "inner2/dense_3")?.inputs == ["inner/dense_2"])
    #expect(facts.layer(named: "dense_4")?.inputs == ["inner2/dense_3"])
    #expect(facts.layer(named: "inner/dense_1")?.variables.map(\.shape) == [[2, 3], [3]])
  }

  @Test func compileArguments() throws {
    let file = try KerasModelFile(path: KerasArchiveTests.path("seq"))
    let facts = try #require(file.compileFacts)
    #expect(facts.optimizer == "Adam")
    #expect(facts.optimizerConfiguration["beta_1"] == 0.9)
    #expect(facts.loss == "sparse_categorical_crossentropy")
    #expect(facts.metrics == ["accuracy"])
    #expect(CompileFacts(kerasConfiguration: ["optimizer": "rmsprop"]).optimizer == "RMSprop")
  }

  @Test func weightsThatDoNotFitNameBothShapesAndTheAxis() throws {
    var archive = try KerasArchive(path: KerasArchiveTests.path("seq"))
    archive.weights["layers/dense/vars/0"] = StoredArray(
      shape: [4, 5], scalars: [Float](repeating: 0, count: 20))
    #expect {
      try KerasModelFile(archive, of: "seq.keras")
    } throws: { error in
      let text = "\(error)"
      return text.contains("[4, 5]") && text.contains("[4, 3]") && text.contains("axis 1")
        && text.contains("dense.kernel") && text.contains("seq.keras")
    }
    archive.weights["layers/dense/vars/0"] = nil
    #expect(throws: InputError.self) { try KerasModelFile(archive, of: "seq.keras") }
  }

  @Test func aModelOfItsOwnClassIsReadButNotRun() throws {
    var archive = try KerasArchive(path: KerasArchiveTests.path("seq"))
    archive.configuration["class_name"] = "MyModel"
    archive.configuration["module"] = "__main__"
    let file = try KerasModelFile(archive, of: "own.keras")
    #expect(file.model == nil)
    #expect(file.obstacle != nil)
    #expect(file.facts.className == "MyModel")
    #expect(file.facts.layers.contains { $0.name == "dense" && $0.isOpaque })
    #expect(file.compileFacts?.optimizer == "Adam")
  }

  /// Keras keeps the kernel of a layer within SpectralNormalization under both of them.
  @Test func whatTwoLayersHoldIsWrittenTwice() throws {
    let entry = try #require(try Golden.entries("spectral.json").first)
    let model = try Model(configuration: try #require(entry["config"]))
    let saved = entry["weights"]?.object?.members ?? []
    let parameters = try model.variables.map { variable in
      try #require(saved.first { $0.key == variable.path }?.value.tensor)
    }
    let bytes = try KerasModelFile.archived(model: model, parameters: parameters)
    let archive = try KerasArchive(ZipArchive(ReadableFile(bytes: bytes, name: "spectral")))
    #expect(archive.weights.keys.sorted() == saved.map(\.key).sorted())
    for member in saved {
      let (found, wanted) = (archive.weights[member.key], member.value.tensor)
      #expect(found?.shape == wanted?.shape.extents && found?.scalars == wanted?.scalars)
    }
  }

  /// Writes a model as it was read and reads it back.
  static func rewritten(_ file: KerasModelFile) throws -> KerasModelFile {
    let model = try #require(file.model)
    let bytes = try KerasModelFile.archived(
      model: model, parameters: try #require(file.parameters),
      compileConfiguration: file.compileConfiguration, optimizer: file.optimizer,
      source: file.archive)
    return try KerasModelFile(
      KerasArchive(ZipArchive(ReadableFile(bytes: bytes, name: "rewritten"))), of: "rewritten")
  }

  @Test(arguments: KerasArchiveTests.samples) func whatWeWriteReadsBackBitEqual(
    _ name: String
  ) throws {
    let file = try KerasModelFile(path: KerasArchiveTests.path(name))
    guard file.obstacle == nil else { return }
    let again = try Self.rewritten(file)
    #expect(again.parameters == file.parameters)
    #expect(again.optimizer == file.optimizer)
    #expect(again.compileConfiguration == file.compileConfiguration)
    // Keras 2 also kept the sums of its metrics, which no reader wants back.
    let kept = file.archive.weights.filter { !$0.key.hasPrefix("metrics") }
    #expect(again.archive.weights == kept)
    #expect(again.archive.groups == file.archive.groups.filter { !$0.hasPrefix("metrics") })
    #expect(again.model?.configuration == file.model?.configuration)
  }

  @Test(arguments: contents.indices) func trainingGoesOnWhereTheFileLeftIt(_ number: Int) throws {
    let (name, _, slots, _) = Self.contents[number]
    let file = try KerasModelFile(path: KerasArchiveTests.path(name))
    let model = try #require(file.model)
    let saved = try #require(file.optimizer)
    let compilation = try Compilation(
      configuration: try #require(file.compileConfiguration))
    let (state, isTakenOver) = try file.trainingState(optimizer: compilation.optimizer)
    #expect(isTakenOver)
    #expect(state.iterations == 1)
    #expect(state.tensors(layout: model.layout) == file.parameters)
    let again = SavedOptimizer(state, model: model, optimizer: compilation.optimizer)
    #expect(again.iterations == saved.iterations)
    #expect(again.slots == saved.slots)
    #expect(again.slots.count == slots)
    // Another optimizer starts afresh.
    let sgd = try Compilation(configuration: ["optimizer": "ftrl", "loss": "mse"]).optimizer
    let (fresh, isKept) = try file.trainingState(optimizer: sgd)
    #expect(!isKept)
    #expect(fresh.iterations == 0)
    #expect(fresh.tensors(layout: model.layout) == file.parameters)
  }

  @Test func damagedCountersDoNotOverflow() throws {
    var archive = try KerasArchive(path: KerasArchiveTests.path("seq"))
    for (count, expected) in [(Int.max, 1 << 53), (.min, 0), (-1, 0)] {
      archive.weights["optimizer/vars/0"] = StoredArray(shape: [], integers: [count])
      let file = try KerasModelFile(archive, of: "seq.keras")
      #expect(file.optimizer?.iterations == expected)
      let compilation = try Compilation(
        configuration: try #require(file.compileConfiguration))
      #expect(try file.trainingState(optimizer: compilation.optimizer).state.iterations == expected)
    }
    archive.weights["optimizer/vars/0"] = StoredArray(shape: [], scalars: [.nan])
    #expect(try KerasModelFile(archive, of: "seq.keras").optimizer?.iterations == 0)
  }
}
