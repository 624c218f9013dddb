import CaseFile
import Diagnosis
import Engine
import Foundation
import JSON
import KerasFiles
import Networks
import TestSupport
import Tensors
import Synchronization
import Testing
import Training

import Treatment

/// The laws of the remedies that the causes do not name themselves, and examples that they cure.
struct RemedyCatalogueTests {
  @Test func everyFileOfRemediesIsRegistered() throws {
    let folder = Fixtures.project.appending(path: "Sources/Treatment/Remedies")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix("Remedy.swift") }
    #expect(files.sorted() == RemedyCatalogue.all.map { "\(type(of: $0)).swift" }.sorted())
  }

  @Test func everyRemedyIsForACauseOfTheCatalogue() {
    let known = Set(CauseCatalogue.all.map(\.id))
    for rule in RemedyCatalogue.all {
      #expect(!rule.causes.isEmpty && rule.causes.isSubset(of: known), "\(rule)")
    }
  }

  /// A classifier of few rows and many units, validated on others; by the number of axes of a row.
  static func memorising(_ shape: [Int] = [20], epochs: Int = 60) -> Run {
    let (rows, length) = (40, shape.reduce(1, *))
    func data(_ seed: UInt64) -> RunRows {
      let numbers = RandomNumbers(seed: seed, purpose: .probing).normal(rows * length)
      // Two of the numbers tell the class, with a fifth of the labels wrong.
      let noise = RandomNumbers(seed: seed, purpose: .probing, stream: 5).uniform(rows)
      let labels = (0..<rows).map { row -> Float in
        let isPositive = numbers[row * length] + numbers[row * length + 1] > 0
        return (noise[row] < 0.2) != isPositive ? 1 : 0
      }
      return RunRows(
        inputs: [Tensor(shape: Shape([rows] + shape), scalars: numbers)],
        targets: [Tensor(shape: [rows], scalars: labels)])
    }
    var layers: [JSONValue] = [
      [
        "class_name": "InputLayer",
        "config": ["batch_shape": .array([.null] + shape.map { .int($0) }), "name": "input"],
      ]
    ]
    if shape.count > 1 { layers.append(["class_name": "Flatten", "config": ["name": "flatten"]]) }
    layers += [
      [
        "class_name": "Dense",
        "config": ["name": "dense", "units": 256, "activation": "relu"],
      ],
      ["class_name": "Dense", "config": ["name": "dense_1", "units": 1, "activation": "sigmoid"]],
    ]
    var run = Run(
      configuration: [
        "class_name": "Sequential", "config": ["name": "wide", "layers": .array(layers)],
      ],
      compilation: [
        "optimizer": ["class_name": "Adam", "config": ["learning_rate": 0.01]],
        "loss": "binary_crossentropy",
      ],
      weights: [:], fit: FitFacts(epochs: epochs, batchSize: 8),
      data: RunData(training: data(1), heldOut: data(2)), numerics: .clipped)
    run.validates = true
    return run
  }

  static func facts(_ run: Run) throws -> CaseFile {
    let model = try run.model()
    var facts = CaseFile(inputs: [])
    facts.model = try KerasModelFile(
      KerasArchive(configuration: run.configuration), of: "a test",
      inputRowShapes: model.inputRowShapes.compactMap { $0 }
    ).facts
    facts.compilation = CompileFacts(kerasConfiguration: run.compilation)
    facts.fit = run.fit
    facts.data = DataFacts(features: run.featureFacts, targets: run.targetFacts)
    return facts
  }

  private func heldOut(_ run: Run) throws -> Double {
    let outcome = try TrialRunner(backend: CPUBackend()).outcome(TrialRunner.Job(run: run, seed: 1))
    return try #require(outcome.heldOutSkill)
  }

  @Test func aRemedyAgainstLearningByHeartHelpsHeldOutRows() throws {
    let run = Self.memorising()
    let facts = try Self.facts(run)
    let own = try heldOut(run)
    let remedies = RemedyCatalogue.remedies(for: "overfitting", of: run, facts)
    #expect(remedies.count == 5, "\(remedies.map(\.summary))")
    // Which of them helps is for the trial to tell; not one that helps would be no remedy at all.
    var reached: [Double] = []
    for remedy in remedies { reached.append(try heldOut(run.applying(remedy.edits))) }
    let areFinite = reached.allSatisfy { $0.isFinite }
    #expect(areFinite)
    let best = reached.max() ?? own
    #expect(best > own + 0.5, "\(reached) against \(own)")
  }

  @Test(arguments: [([8, 8, 1], 2), ([10, 3], 1)])
  func imagesAndSeriesAreAlteredInTheirOwnWay(_ shape: [Int], _ count: Int) throws {
    let run = Self.memorising(shape, epochs: 2)
    let own = RemedyCatalogue.remedies(for: "too-little-data", of: run, try Self.facts(run))
      .filter { remedy in
        remedy.edits.contains { $0.target == "data.augment" || $0.target.contains("input") }
      }
    #expect(own.count == count, "\(own.map(\.summary))")
    for remedy in own {
      #expect(try heldOut(run.applying(remedy.edits)).isFinite)
    }
  }

  @Test func copiesOfRowsKeepTheirClassAndLieBetweenRows() throws {
    let run = Self.memorising()
    let edited = try run.applying([
      Edit(target: "data.augment", to: ["copies": 2, "mix_up": "labels"])
    ])
    let (rows, all) = (run.data.training, edited.data.training)
    #expect(all.rowCount == 3 * rows.rowCount)
    #expect(
      all.targets[0].scalars == rows.targets[0].scalars + rows.targets[0].scalars
        + rows.targets[0].scalars)
    #expect(
      Array(all.inputs[0].scalars.prefix(rows.inputs[0].scalars.count))
        == rows.inputs[0].scalars)
    let largest = rows.inputs[0].scalars.max() ?? 0
    #expect(all.inputs[0].scalars.allSatisfy { $0 <= largest })
    #expect(edited.data.heldOut == run.data.heldOut)
  }

  @Test func stoppingEarlyIsNoFailure() throws {
    let run = Self.memorising()
    let remedies = EarlyStoppingRemedy().remedies(for: run, try Self.facts(run))
    let edited = try run.applying(try #require(remedies.first).edits)
    let told = Mutex<[TrialEpoch]>([])
    let outcome = try TrialRunner(
      backend: CPUBackend(),
      watch: { epoch in
        told.withLock { $0.append(epoch) }
      }
    )
    .outcome(TrialRunner.Job(run: edited, seed: 1))
    let epochs = told.withLock { $0 }
    #expect(epochs.filter(\.isLast).count == 1 && epochs.last?.isLast == true)
    #expect(epochs.last?.epoch == outcome.history["loss"]?.count)
    #expect((outcome.history["loss"]?.count ?? 0) < run.fit.epochs)
    #expect(outcome.isFinite)
    var blind = run
    blind.validates = false
    #expect(EarlyStoppingRemedy().remedies(for: blind, try Self.facts(blind)).isEmpty)
    #expect(throws: EditError.self) { try blind.applying(remedies[0].edits) }
  }

  @Test func schedulesAreFollowed() throws {
    var run = LineGrowthTests.run()
    run.fit.epochs = 200
    for rule in [WarmUpRemedy(), PlateauRemedy()] as [any RemedyRule] {
      let remedy = try #require(rule.remedies(for: run, try Self.facts(run)).first)
      let edited = try run.applying(remedy.edits)
      _ = try TrialRunner(backend: CPUBackend()).outcome(TrialRunner.Job(run: edited, seed: 1))
    }
    run.compilation["optimizer"]?["config"]?["learning_rate"] = [
      "class_name": "ExponentialDecay",
      "config": ["initial_learning_rate": 0.005, "decay_steps": 1, "decay_rate": 0.5],
    ]
    let remedy = try #require(CosineDecayRemedy().remedies(for: run, try Self.facts(run)).first)
    let runner = TrialRunner(backend: CPUBackend())
    let (own, cured) = (
      try runner.outcome(TrialRunner.Job(run: run, seed: 1)),
      try runner.outcome(TrialRunner.Job(run: run.applying(remedy.edits), seed: 1))
    )
    #expect(1 - cured.skill < (1 - own.skill) / 2)
  }

  @Test func aLayerIsPutBehindOneOfAFunctionalModel() throws {
    func tensor(_ name: String, _ units: Int) -> JSONValue {
      [
        "class_name": "__keras_tensor__",
        "config": [
          "shape": [nil, .int(units)], "dtype": "float32", "keras_history": [.string(name), 0, 0],
        ],
      ]
    }
    func dense(_ name: String, _ units: Int, after input: JSONValue) -> JSONValue {
      [
        "class_name": "Dense", "name": .string(name),
        "config": ["name": .string(name), "units": .int(units)],
        "inbound_nodes": [["args": [input], "kwargs": [:]]],
      ]
    }
    var run = Self.memorising()
    run.configuration = [
      "class_name": "Functional",
      "config": [
        "name": "wide",
        "layers": [
          [
            "class_name": "InputLayer", "name": "input",
            "config": ["batch_shape": [nil, 20], "name": "input"], "inbound_nodes": [],
          ], dense("first", 8, after: tensor("input", 20)),
          dense("last", 1, after: tensor("first", 8)),
        ], "input_layers": [["input", 0, 0]], "output_layers": [["last", 0, 0]],
      ],
    ]
    let edited = try run.applying([
      Edit(
        target: "layers.first.insert_after",
        to: [
          ["class_name": "LayerNormalization", "config": [:]],
          ["class_name": "Dropout", "config": ["rate": 0.5]],
        ])
    ])
    let model = try edited.model()
    #expect(
      model.layers.map(\.className)
        == ["InputLayer", "Dense", "LayerNormalization", "Dropout", "Dense"])
    #expect(try heldOut(edited).isFinite)
  }

  @Test func theControlDrawsAfreshWhatTheRemedyDoes() throws {
    var run = Self.memorising()
    let model = try run.model()
    for (variable, tensor) in zip(model.variables, try model.initialParameters(seed: 9)) {
      run.weights[Run.WeightKey(layer: variable.layer, variable: variable.name)] = tensor
    }
    let narrower = try run.applying([Edit(target: "layers.dense.units", to: 64)])
    let control = run.control(of: narrower)
    #expect(control.weights.count == 1)
    #expect(control.weights.keys.first?.variable == "bias")
    let slower = try run.applying([Edit(target: "optimizer.learning_rate", to: 0.001)])
    #expect(run.control(of: slower).weights.count == run.weights.count)
  }
}
