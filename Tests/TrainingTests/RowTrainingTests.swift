import Engine
import JSON
import Networks
import Tensors
import Testing
import Training

/// Tables that are trained by row end as tables that every step passes over as a whole.
@Suite struct RowTrainingTests {
  private static let (rows, words, length) = (60, 90, 7)

  /// A model over an input of words.
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var layers: JSONValue

    /// One layer after the other.
    static func sequence(_ description: String, _ layers: [JSONValue]) -> Case {
      Case(
        testDescription: description,
        layers: .array(
          [
            ["class_name": "InputLayer", "config": ["batch_shape": [nil, 7], "name": "words"]]
          ] + layers))
    }
  }

  private static func embedding(_ width: Int, _ more: JSONObject = [:]) -> JSONValue {
    var config: JSONObject = ["input_dim": .int(words), "output_dim": .int(width)]
    for member in more.members { config[member.key] = member.value }
    return ["class_name": "Embedding", "config": .object(config)]
  }
  private static let dense: JSONValue = ["class_name": "Dense", "config": ["units": 1]]
  private static let mean: JSONValue = ["class_name": "GlobalAveragePooling1D", "config": [:]]
  private static let flat: JSONValue = ["class_name": "Flatten", "config": [:]]

  static let cases = [
    Case.sequence("a mean over words", [embedding(24), mean, dense]),
    Case.sequence("padded words", [embedding(5, ["mask_zero": true]), mean, dense]),
    Case.sequence("all words apart", [embedding(33), flat, dense]),
    Case.sequence(
      "a memory",
      [embedding(16), ["class_name": "LSTM", "config": ["units": 4]], dense]),
  ]

  static let optimizers: [JSONValue] = [
    ["class_name": "Adam", "config": ["learning_rate": 0.01]],
    ["class_name": "Adam", "config": ["learning_rate": 0.01, "beta_1": 0.5, "beta_2": 0.99]],
    ["class_name": "Adam", "config": ["learning_rate": 0.01, "epsilon": 0.01]],
    ["class_name": "AdamW", "config": ["learning_rate": 0.01, "weight_decay": 0.05]],
    ["class_name": "SGD", "config": ["learning_rate": 0.1]],
    [
      "class_name": "Adam",
      "config": [
        "learning_rate": [
          "class_name": "ExponentialDecay",
          "config": [
            "initial_learning_rate": 0.02, "decay_steps": 50, "decay_rate": 0.5,
          ],
        ]
      ],
    ],
  ]

  /// Words of which few are common, many are rare and some are missing.
  private static func data() -> TrainingData {
    let numbers = RandomNumbers(seed: 4, purpose: .probing)
    let x = numbers.uniform(rows * length).map { ($0 * $0 * $0 * Float(words - 8)).rounded(.down) }
    let y = (0..<rows).map { row in
      Float(x[row * length..<(row + 1) * length].count { $0 < 9 } - 2)
    }
    return TrainingData(
      inputs: [Tensor(shape: [rows, length], scalars: x)],
      targets: [Tensor(shape: [rows, 1], scalars: y)])
  }

  private static func model(_ layers: JSONValue) throws -> Model {
    try Model(
      configuration: ["class_name": "Sequential", "config": ["name": "m", "layers": layers]])
  }

  /// What training comes to: the state, and the losses of all epochs.
  private static func trained(
    _ layers: JSONValue, _ optimizer: JSONValue, wholePasses: Bool = false, threads: Int = 1,
    epochs: [Int] = [25], callbacks: [any Callback] = []
  ) throws -> (state: TrainingState, losses: [Double]) {
    var optimizer = optimizer
    // A bound that no gradient reaches: it changes nothing, but every gradient has to be looked at.
    if wholePasses { optimizer["config"]?["clipvalue"] = 1e30 }
    let model = try model(layers)
    let compilation = try Compilation(
      configuration: ["optimizer": optimizer, "loss": "mse"], numerics: .fused)
    let trainer = try Trainer(
      model: model, compilation: compilation, backend: CPUBackend(threads: threads))
    var state = try trainer.initialState(parameters: model.initialParameters(seed: 2), seed: 1)
    var losses: [Double] = []
    for count in epochs {
      let history = try trainer.fit(
        &state, data: data(),
        options: FitOptions(epochs: count, batchSize: 8, validationSplit: 0.2), callbacks: callbacks
      )
      losses += history["loss"] + history["val_loss"]
    }
    return (state, losses)
  }

  /// Within what fifty steps of Keras and ours may be apart: rounding differs, and steps carry it on.
  private static let tolerance: Float = 1e-4

  private func expectClose(_ found: [Float], _ wanted: [Float], _ what: Comment) {
    let largest = wanted.map(abs).max() ?? 0
    let worst = zip(found, wanted).map { abs($0 - $1) }.max() ?? 0
    #expect(worst <= Self.tolerance * max(largest, 0.01), "\(what): \(worst) of \(largest)")
  }

  /// 150 steps: longer than any row may lag. Validation reads every row in between.
  @Test(arguments: cases, optimizers)
  func rowsEndAsInWholePasses(_ one: Case, _ optimizer: JSONValue) throws {
    let byRow = try Self.trained(one.layers, optimizer)
    let whole = try Self.trained(one.layers, optimizer, wholePasses: true)
    expectClose(byRow.state.parameters, whole.state.parameters, "parameters")
    for (found, wanted) in zip(byRow.state.slots, whole.state.slots) {
      expectClose(found, wanted, "slots")
    }
    for (found, wanted) in zip(byRow.losses, whole.losses) {
      #expect(abs(found - wanted) <= 1e-4 * max(1, abs(wanted)))
    }
    #expect(byRow.losses[24] < byRow.losses[0])
  }

  @Test(arguments: cases)
  func anyNumberOfThreadsGivesTheSameBits(_ one: Case) throws {
    let alone = try Self.trained(one.layers, Self.optimizers[0]).state
    #expect(try Self.trained(one.layers, Self.optimizers[0], threads: 3).state == alone)
  }

  /// What is saved in the middle is all there is to know: going on from there is going on.
  @Test func trainingGoesOnFromAnyState() throws {
    let layers = Self.cases[0].layers
    let inParts = try Self.trained(layers, Self.optimizers[0], epochs: [7, 1, 17]).state
    let atOnce = try Self.trained(
      layers, Self.optimizers[0], wholePasses: true, epochs: [7, 1, 17]
    ).state
    expectClose(inParts.parameters, atOnce.parameters, "parameters")
  }

  @Test func callbacksMayChangeTheRate() throws {
    let layers = Self.cases[0].layers
    func run(_ wholePasses: Bool) throws -> TrainingState {
      let rates = LearningRateScheduler { epoch, rate in epoch % 3 == 1 ? rate * 0.5 : rate * 1.2 }
      return try Self.trained(
        layers, Self.optimizers[0], wholePasses: wholePasses, callbacks: [rates]
      ).state
    }
    expectClose(try run(false).parameters, try run(true).parameters, "parameters")
  }

  /// Three tables: one looked up by numbers that are computed on the way, one once, and one by the
  /// numbers of two inputs.
  @Test func severalTablesAndSeveralLookups() throws {
    func node(_ names: [String]) -> JSONValue {
      let tensors = names.map { name -> JSONValue in
        let parts = name.split(separator: "#")
        return [
          "class_name": "__keras_tensor__",
          "config": [
            "keras_history": [
              .string(String(parts[0])), .int(parts.count > 1 ? Int(parts[1]) ?? 0 : 0), 0,
            ]
          ],
        ]
      }
      return ["args": tensors.count == 1 ? .array(tensors) : [.array(tensors)], "kwargs": [:]]
    }
    func layer(
      _ name: String, _ kind: String, _ config: JSONObject, _ nodes: [[String]]
    ) -> JSONValue {
      var config = config
      config["name"] = .string(name)
      return [
        "module": "keras.layers", "class_name": .string(kind), "config": .object(config),
        "name": .string(name), "inbound_nodes": .array(nodes.map(node)),
      ]
    }
    let table: JSONObject = ["input_dim": .int(Self.words), "output_dim": 12]
    let config: JSONValue = [
      "class_name": "Functional",
      "config": [
        "name": "m",
        "layers": [
          layer("words", "InputLayer", ["batch_shape": [nil, 7]], []),
          layer("others", "InputLayer", ["batch_shape": [nil, 7]], []),
          layer("first", "Embedding", table, [["words"], ["less"]]),
          layer("less", "ReLU", ["threshold": 20], [["words"]]),
          layer("second", "Embedding", table, [["words"]]),
          layer("third", "Embedding", table, [["words"], ["others"]]),
          layer(
            "sum", "Add", [:], [["first#0", "first#1", "second", "third#0", "third#1"]]),
          layer("mean", "GlobalAveragePooling1D", [:], [["sum"]]),
          layer("out", "Dense", ["units": 1], [["mean"]]),
        ],
        "input_layers": [["words", 0, 0], ["others", 0, 0]], "output_layers": [["out", 0, 0]],
      ],
    ]
    func run(_ wholePasses: Bool) throws -> TrainingState {
      var optimizer: JSONValue = ["class_name": "Adam", "config": ["learning_rate": 0.01]]
      if wholePasses { optimizer["config"]?["clipvalue"] = 1e30 }
      let model = try Model(configuration: config)
      let compilation = try Compilation(
        configuration: ["optimizer": optimizer, "loss": "mse"], numerics: .fused)
      let trainer = try Trainer(model: model, compilation: compilation, backend: testedBackend)
      var state = try trainer.initialState(parameters: model.initialParameters(seed: 2), seed: 1)
      var data = Self.data()
      let words = try data.inputs[0].tensor()
      data.inputs.append(Tensor(shape: words.shape, scalars: words.scalars.reversed()))
      try trainer.fit(&state, data: data, options: FitOptions(epochs: 20, batchSize: 8))
      return state
    }
    let (byRow, whole) = (try run(false), try run(true))
    expectClose(byRow.parameters, whole.parameters, "parameters")
    #expect(byRow.slots.count == 2)
  }

  /// Tables so large that threads share their rows; means over words, whose gradients wait, and words
  /// apart, whose gradients do not.
  @Test(arguments: [true, false])
  func tablesInSeveralParts(_ isMean: Bool) throws {
    let (words, width, length) = (8100, 130, 20)
    let layers: JSONValue = [
      ["class_name": "InputLayer", "config": ["batch_shape": [nil, .int(length)]]],
      [
        "class_name": "Embedding", "config": ["input_dim": .int(words), "output_dim": .int(width)],
      ],
      isMean ? Self.mean : Self.flat, Self.dense,
    ]
    let numbers = RandomNumbers(seed: 4, purpose: .probing)
    let x = numbers.uniform(Self.rows * length).map { ($0 * $0 * Float(words)).rounded(.down) }
    let y = (0..<Self.rows).map { x[$0 * length] / Float(words) - x[$0 * length + 1] / 5000 }
    let data = TrainingData(
      inputs: [Tensor(shape: [Self.rows, length], scalars: x)],
      targets: [Tensor(shape: [Self.rows, 1], scalars: y)])
    func run(_ wholePasses: Bool, threads: Int) throws -> TrainingState {
      var optimizer = Self.optimizers[0]
      if wholePasses { optimizer["config"]?["clipvalue"] = 1e30 }
      let model = try Self.model(layers)
      let trainer = try Trainer(
        model: model,
        compilation: Compilation(
          configuration: ["optimizer": optimizer, "loss": "mse"], numerics: .fused),
        backend: CPUBackend(threads: threads))
      var state = try trainer.initialState(parameters: model.initialParameters(seed: 2), seed: 1)
      try trainer.fit(&state, data: data, options: FitOptions(epochs: 80, batchSize: 40))
      return state
    }
    let (byRow, whole) = (try run(false, threads: 1), try run(true, threads: 2))
    expectClose(byRow.parameters, whole.parameters, "parameters")
    for (found, wanted) in zip(byRow.slots, whole.slots) { expectClose(found, wanted, "slots") }
    #expect(try run(false, threads: 3) == byRow)
  }

  /// A gradient whose square overflows makes a row NaN with the next step, looked up or not.
  @Test func overflowsReachTheSameWeights() throws {
    func run(_ wholePasses: Bool) throws -> [Bool] {
      var optimizer: JSONValue = ["class_name": "Adam", "config": ["learning_rate": 0.01]]
      if wholePasses { optimizer["config"]?["clipvalue"] = 3e38 }
      let model = try Self.model(Self.cases[0].layers)
      let compilation = try Compilation(
        configuration: ["optimizer": optimizer, "loss": "mae"], numerics: .fused)
      let trainer = try Trainer(model: model, compilation: compilation, backend: testedBackend)
      var state = try trainer.initialState(parameters: model.initialParameters(seed: 2), seed: 1)
      var data = Self.data()
      var weights = Tensor(repeating: 1, shape: [Self.rows])
      // The first batch alone, and not so much that the layers behind it overflow too.
      weights.scalars[3] = 1e21
      data.sampleWeights = [weights]
      _ = try trainer.fit(
        &state, data: data, options: FitOptions(epochs: 1, batchSize: 20, shuffle: false))
      return state.parameters.map(\.isNaN)
    }
    let wanted = try run(true)
    #expect(try run(false) == wanted)
    #expect(wanted.contains(true))
  }

  /// A word without a row gives NaN to the words beside it. Those of other texts move as they would have,
  /// and rows that nobody looked up stay as they are, bit for bit: none stands in for the missing one.
  @Test func wordsWithoutARowMoveNoRow() throws {
    let model = try Self.model(Self.cases[2].layers)
    let compilation = try Compilation(
      configuration: ["optimizer": "adam", "loss": "mse"], numerics: .fused)
    let initial = try model.initialParameters(seed: 2)
    let table = try #require(model.variables.first { $0.name == "embeddings" })
    let width = table.shape[1]
    /// The rows of the table after one step, and the loss.
    func stepped(_ data: TrainingData) throws -> (rows: [[Float]], loss: Double) {
      let trainer = try Trainer(model: model, compilation: compilation, backend: testedBackend)
      var state = try trainer.initialState(parameters: initial, seed: 1)
      let history = try trainer.fit(
        &state, data: data, options: FitOptions(epochs: 1, batchSize: Self.rows))
      #expect(state.iterations == 1)
      return (
        Self.tableRows(state.tensor(table.number, layout: model.layout)), history["loss"][0]
      )
    }
    let sound = Self.data()
    var data = sound
    var words = try sound.inputs[0].tensor()
    let missing = 3
    let replaced = Int(words.scalars[missing])
    words.scalars[missing] = Float(Self.words + 5)
    data.inputs[0] = words
    let numbers = words.scalars.map { Int($0) }
    let beside = Set(numbers.prefix(Self.length).filter { $0 < Self.words })
    let elsewhere = Set(numbers.dropFirst(Self.length))
    let (start, wanted) = (Self.tableRows(initial[table.number]), try stepped(sound))
    let found = try stepped(data)
    #expect(wanted.loss.isFinite && found.loss.isNaN)
    var counts = (beside: 0, elsewhere: 0, idle: 0)
    for number in 0..<Self.words {
      let row = found.rows[number]
      try #require(row.count == width)
      if beside.contains(number) {
        counts.beside += 1
        let isLost = row.allSatisfy(\.isNaN)
        #expect(isLost, "row \(number)")
      } else if elsewhere.contains(number) {
        counts.elsewhere += 1
        let isAsWithout = number == replaced || row == wanted.rows[number]
        #expect(isAsWithout && row.allSatisfy(\.isFinite) && row != start[number], "row \(number)")
      } else {
        counts.idle += 1
        #expect(row == start[number], "row \(number)")
      }
    }
    #expect(counts.beside > 0 && counts.elsewhere > 0 && counts.idle > 0, "\(counts)")
  }

  private static func tableRows(_ table: Tensor) -> [[Float]] {
    let width = table.shape[1]
    return (0..<table.shape[0]).map { Array(table.scalars[$0 * width..<($0 + 1) * width]) }
  }
}
