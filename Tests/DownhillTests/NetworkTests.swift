import Downhill
import Foundation
import TestSupport
import Testing

/// Models put together in Swift.
@Suite struct NetworkTests {
  private let x = Tensor(shape: [60, 3], scalars: (0..<180).map { Float($0 * 37 % 101) / 50 - 1 })
  /// Whether the first number of a row is larger than the second.
  private var classes: Tensor {
    Tensor(
      shape: [60], scalars: (0..<60).map { x.scalars[3 * $0] > x.scalars[3 * $0 + 1] ? 1 : 0 })
  }

  @Test func aStackLearns() throws {
    let isDeep = true
    var network = try Sequential(input: [3], seed: 2) {
      for units in [8, 6] { Dense(units, activation: .relu, kernelRegularizer: .l2(1e-4)) }
      if isDeep { BatchNormalization(momentum: 0.9) }
      Dropout(0.1)
      Dense(2, activation: .softmax, name: "answer")
    }
    #expect(network.model.layers.map(\.className).filter { $0 == "Dense" }.count == 3)
    #expect(network.model.layers.last?.name == "answer")
    try network.compile(
      optimizer: .adam(learningRate: 0.02), loss: .sparseCategoricalCrossentropy(),
      metrics: [.accuracy])
    let before = network
    let history = try network.fit(x, classes, epochs: 12, validationSplit: 0.2)
    #expect(history.names == ["accuracy", "loss", "val_accuracy", "val_loss"])
    #expect(history["loss"][11] < 0.7 * history["loss"][0])
    // A copy from before goes the same way.
    var again = before
    #expect(try again.fit(x, classes, epochs: 12, validationSplit: 0.2) == history)
    #expect(again.state == network.state)
    #expect(before.state != network.state)
  }

  @Test func filesKeepEverything() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "downhill-\(UUID().uuidString).keras").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var network = try Sequential(input: [3], seed: 2) { Dense(2, activation: .softmax) }
    try network.save(path)
    #expect(try Network(path: path).weights == network.weights)
    try network.compile(
      optimizer: .adamW(learningRate: .schedule(.cosineDecay(from: 0.1, steps: 20))),
      loss: .sparseCategoricalCrossentropy())
    try network.fit(x, classes, epochs: 2)
    try network.save(path)
    var opened = try Network(path: path)
    #expect(try opened.predict(x) == network.predict(x))
    #expect(try opened.evaluate(x, classes) == network.evaluate(x, classes))
    try network.fit(x, classes, epochs: 2, shuffle: false)
    try opened.fit(x, classes, epochs: 2, shuffle: false)
    #expect(opened.state.parameters == network.state.parameters)
  }

  @Test func graphsHaveSeveralInputsAndOutputs() throws {
    let (left, right) = (Input([2], name: "left"), Input([1]))
    let shared = Dense(2, activation: .tanh, name: "shared")
    let twice = shared(shared(left))
    let both = Concatenate()([twice + left, right])
    var network = try Network(
      inputs: [left, right],
      outputs: [
        Dense(2, activation: .softmax, name: "kind")(both), Dense(1, name: "size")(both),
      ])
    #expect(network.model.outputNames == ["kind", "size"])
    #expect(network.model.variables.map(\.layer).filter { $0 == "shared" }.count == 2)
    try network.compile(
      optimizer: .sgd(learningRate: 0.1, momentum: 0.5),
      losses: ["kind": .sparseCategoricalCrossentropy(), "size": .huber(delta: 0.5)],
      lossWeights: ["size": 0.5, "kind": 1], metrics: ["kind": [.accuracy]])
    let rows = (0..<60).map { Array(x.scalars[3 * $0..<3 * $0 + 3]) }
    let data = TrainingData(
      inputs: [
        Tensor(shape: [60, 2], scalars: rows.flatMap { $0.prefix(2) }),
        Tensor(shape: [60, 1], scalars: rows.flatMap { $0.suffix(1) }),
      ],
      targets: [classes, Tensor(shape: [60, 1], scalars: rows.map { $0[2] })])
    let history = try network.fit(data, options: FitOptions(epochs: 5))
    #expect(history.names == ["kind_accuracy", "kind_loss", "loss", "size_loss"])
    #expect(history["loss"][4] < history["loss"][0])
    #expect(try network.predict(data.inputs).map(\.shape) == [[60, 2], [60, 1]])
    #expect(throws: (any Error).self) {
      try network.compile(optimizer: "sgd", losses: ["kind": "mse", "no_such": "mse"])
    }
  }

  @Test func mistakesAreTold() throws {
    func message(_ body: () throws -> Void) -> String {
      do {
        try body()
        return "no error"
      } catch { return "\(error)" }
    }
    var network = try Sequential(input: [3]) { Dense(2) }
    #expect(message { _ = try network.fit(x, classes) }.contains("compile"))
    #expect(message { try network.compile(optimizer: "adamm", loss: "mse") }.contains("adamm"))
    #expect(
      message { try network.compile(optimizer: "sgd", loss: "mse", metrics: ["acurracy"]) }
        .contains("acurracy"))
    #expect(
      message { _ = try Sequential(input: [3]) { LayerEntry("NoSuchLayer") } }
        .contains("NoSuchLayer"))
    #expect(
      message { _ = try Sequential(input: [3]) { Conv2D(4, kernelSize: 3) } }.contains("conv2d"))
    #expect(
      message { _ = try Sequential(input: [3]) { Dense(2, activation: "rellu") } }
        .contains("rellu"))
  }

  @Test func everyChoiceIsKnown() throws {
    for activation: ActivationChoice in [
      .linear, .relu, .sigmoid, .softmax, .tanh, .elu, .selu, .gelu, .silu, .softplus,
      .exponential, .softsign, .leakyReLU,
    ] {
      _ = try Sequential(input: [3]) { Dense(2, activation: activation) }
    }
    for initializer: InitializerChoice in [
      .zeros, .ones, .glorotUniform, .glorotNormal, .heNormal, .heUniform, .lecunNormal,
      .orthogonal, .randomNormal(), .constant(0.5),
    ] {
      _ = try Sequential(input: [3]) { Dense(2, kernelInitializer: initializer) }
    }
    for regularizer: RegularizerChoice in [.l1(), .l2(), .l1l2()] {
      _ = try Sequential(input: [3]) { Dense(2, kernelRegularizer: regularizer) }
    }
    for constraint: ConstraintChoice in [.maxNorm(), .nonNegative, .unitNorm] {
      _ = try Sequential(input: [3]) { Dense(2, kernelConstraint: constraint) }
    }
    var network = try Sequential(input: [3]) { Dense(1) }
    for optimizer: OptimizerChoice in [
      .sgd(nesterov: true), .adam(["clipnorm": 1.0]), .adamW(), .rmsprop(),
      .sgd(learningRate: .schedule(.exponentialDecay(from: 0.1, steps: 10, rate: 0.5))),
    ] {
      for loss: LossChoice in [
        .meanSquaredError, .meanAbsoluteError, .huber(), .binaryCrossentropy(fromLogits: true),
        .categoricalCrossentropy(labelSmoothing: 0.1), .sparseCategoricalCrossentropy(),
      ] {
        try network.compile(
          optimizer: optimizer, loss: loss,
          metrics: [
            .accuracy, .meanAbsoluteError, .meanSquaredError, .auc, .precision, .recall,
          ])
      }
    }
    _ = try Sequential(input: [8, 8, 1]) {
      Conv2D(4, kernelSize: 3, padding: "same", activation: .relu)
      MaxPooling2D()
      GlobalAveragePooling2D()
      Reshape([2, 2])
      LayerNormalization()
      Flatten()
      Rescaling(0.5)
    }
  }

  /// The programs under Examples whose layers the engine runs.
  static let examples: [String] = {
    var names = ["ExampleDigits", "ExampleRegression"]
    if (try? Sequential(input: [4, 1]) { LSTM(2) }) != nil { names.append("ExampleSeries") }
    if (try? Sequential(input: [4]) { Embedding(5, width: 2) }) != nil {
      names.append("ExampleText")
    }
    return names
  }()

  /// The programs under Examples print a loss that falls.
  @Test(arguments: examples)
  func examplesLearn(_ name: String) throws {
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: name)
    let usual = Fixtures.project.appending(path: ".build/release/\(name)")
    let process = Process()
    process.executableURL =
      FileManager.default.isExecutableFile(atPath: beside.path) ? beside : usual
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(output)")
    let line = try #require(output.split(separator: "\n").last { $0.hasPrefix("loss: ") })
    let losses = line.dropFirst(6).split(separator: " → ").compactMap { Double($0) }
    #expect(losses.count == 2 && losses[1] < 0.5 * losses[0], "\(line)")
  }
}
