import Engine
import Graphs
import JSON
import Networks
import Tensors
import TestSupport
import Testing
import Training

@Suite struct OptimizerTests {
  /// The arguments behind the names in the golden file.
  private static let cases: [(name: String, className: String, arguments: JSONObject)] = [
    ("sgd", "SGD", [:]), ("sgd_mom", "SGD", ["momentum": 0.9]),
    ("sgd_nest", "SGD", ["momentum": 0.9, "nesterov": true]),
    ("sgd_wd", "SGD", ["weight_decay": 0.1]), ("adam", "Adam", [:]),
    ("adam_ams", "Adam", ["amsgrad": true]), ("adamw", "AdamW", ["weight_decay": 0.1]),
    ("adamax", "Adamax", [:]), ("nadam", "Nadam", [:]), ("rmsprop", "RMSprop", [:]),
    ("rmsprop_mc", "RMSprop", ["momentum": 0.9, "centered": true]), ("adagrad", "Adagrad", [:]),
    ("adadelta", "Adadelta", [:]), ("adafactor", "Adafactor", [:]),
    (
      "ftrl", "Ftrl", ["l1_regularization_strength": 0.01, "l2_regularization_strength": 0.01]
    ),
    ("lion", "Lion", [:]), ("lamb", "Lamb", [:]), ("sgd_clipnorm", "SGD", ["clipnorm": 0.5]),
    ("sgd_gclip", "SGD", ["global_clipnorm": 0.5]),
    ("sgd_clipvalue", "SGD", ["clipvalue": 0.25]),
    ("sgd_acc", "SGD", ["gradient_accumulation_steps": 2]),
    ("sgd_ema", "SGD", ["use_ema": true, "ema_momentum": 0.9, "ema_overwrite_frequency": 2]),
  ]

  /// Gradients of the golden file.
  private static let gradients: [[Float]] = [
    [0.1, -0.2, 0.3], [0.4, 0, -0.6], [-1, 2, 0.5], [0.05, 0.05, 0.05], [3, -3, 1],
  ]

  @Test(arguments: cases.map(\.name))
  func fiveStepsAreKeras(_ name: String) throws {
    let entry = try #require(Self.cases.first { $0.name == name })
    var arguments = entry.arguments
    arguments["learning_rate"] = 0.1
    let optimizer = try OptimizerCatalogue.optimizer(
      ["class_name": .string(entry.className), "config": .object(arguments)])
    let golden = try #require(try Golden.value("golden_opt.json")[name]?.array)
    let layout = ParameterLayout([([3], true)])
    var steps = OptimizerTrace(optimizer, layout: layout, paths: ["w"], start: [1, -2, 0.5])
    for (gradient, wanted) in zip(Self.gradients, golden) {
      let found = try steps.step(gradient)
      let expected = try #require(wanted.tensor).scalars
      #expect(deviation(found, expected) < 3e-6)
    }
  }

  /// Parameters of several shapes, in the order of the golden file.
  @Test func stepsOfWholeModelsAreKeras() throws {
    for entry in try Golden.entries("optimizers.json") {
      let label = "\(entry["class_name"] as Any) \(entry["config"] as Any)"
      let optimizer = try Self.optimizer(entry)
      let variables = entry["variables"]?.array ?? []
      let paths = variables.compactMap { $0["path"]?.string }
      let start = variables.compactMap { $0["value"]?.tensor }
      try #require(paths.count == start.count && !start.isEmpty)
      let layout = ParameterLayout(start.map { ($0.shape, true) })
      var trace = OptimizerTrace(
        optimizer, layout: layout, paths: paths, start: start.flatMap(\.scalars))
      let gradients = entry["gradients"]?.array ?? []
      let after = entry["after"]?.array ?? []
      try #require(gradients.count == after.count && !after.isEmpty)
      for (step, wanted) in zip(gradients, after) {
        let found = try trace.step(step.tensors.flatMap(\.scalars))
        #expect(deviation(found, wanted.tensors.flatMap(\.scalars)) < 1e-5, "\(label)")
      }
    }
  }

  /// Which variables an optimizer saves of each parameter, and in which order.
  @Test func savedVariablesAreThoseOfKeras() throws {
    for entry in try Golden.entries("optimizers.json") {
      let optimizer = try Self.optimizer(entry)
      let model = try Self.modelOfGolden()
      #expect(
        model.trainablePaths == (entry["variables"]?.array ?? []).compactMap { $0["path"]?.string })
      let state = try TrainingState(
        model: model, optimizer: optimizer, parameters: try model.initialParameters(seed: 0))
      let found = state.optimizerVariables(model: model, optimizer: optimizer)
      let wanted = entry["saved"]?.array ?? []
      #expect(
        found.map(\.tensor.shape) == wanted.compactMap { $0["value"]?.tensor?.shape },
        "\(entry["class_name"] as Any)")
    }
  }

  private static func optimizer(_ entry: JSONValue) throws -> any Optimizer {
    try OptimizerCatalogue.optimizer(
      [
        "class_name": try #require(entry["class_name"]), "config": try #require(entry["config"]),
      ])
  }

  /// The model whose variables the golden file names.
  private static func modelOfGolden() throws -> Model {
    try Model(
      configuration: [
        "class_name": "Sequential",
        "config": [
          "name": "m",
          "layers": [
            ["class_name": "InputLayer", "config": ["batch_shape": [nil, 3], "name": "x"]],
            [
              "class_name": "Embedding",
              "config": ["input_dim": 4, "output_dim": 2, "name": "words"],
            ],
            ["class_name": "Flatten", "config": ["name": "flat"]],
            ["class_name": "Dense", "config": ["units": 3, "name": "hidden"]],
            ["class_name": "Reshape", "config": ["target_shape": [3, 1], "name": "shape"]],
            [
              "class_name": "Conv1D",
              "config": ["filters": 2, "kernel_size": [2], "name": "conv"],
            ],
            ["class_name": "Flatten", "config": ["name": "flat_1"]],
            ["class_name": "Dense", "config": ["units": 2, "name": "last"]],
          ],
        ],
      ])
  }

  @Test func everyOptimizerHasATrace() throws {
    let traced = try Golden.entries("optimizers.json").compactMap { $0["class_name"]?.string }
    #expect(
      Set(Self.cases.map(\.className) + traced)
        == Set(OptimizerCatalogue.all.map { type in type.className }))
  }

  /// What Keras writes of an optimizer, written here and read again.
  @Test func configurationsOfKerasSurviveTheRoundTrip() throws {
    for entry in try Golden.entries("optimizers.json") {
      let first = try Self.optimizer(entry)
      let config = try #require(entry["config"])
      for member in first.configuration.members {
        #expect(config[member.key] == member.value, "\(member.key)")
      }
      var second = entry
      second["config"] = .object(first.configuration)
      #expect(try Self.optimizer(second).configuration == first.configuration)
    }
  }

  @Test func configurationsSurviveTheRoundTrip() throws {
    for entry in Self.cases {
      var arguments = entry.arguments
      arguments["learning_rate"] = 0.25
      let json: JSONValue = ["class_name": .string(entry.className), "config": .object(arguments)]
      let optimizer = try OptimizerCatalogue.optimizer(json)
      for member in arguments.members {
        #expect(optimizer.configuration[member.key] == member.value, "\(entry.name)")
      }
      #expect(optimizer.configuration.members.count == arguments.members.count, "\(entry.name)")
    }
  }

  @Test func namesAreReadWhateverTheirCase() throws {
    for name in ["adam", "ADAM", "sgd", "rmsprop", "AdamW"] {
      _ = try OptimizerCatalogue.optimizer(.string(name))
    }
    #expect(throws: ConfigurationError.self) { _ = try OptimizerCatalogue.optimizer("adamm") }
  }

  @Test func aNaNSpreadsAsItDoesInKeras() throws {
    func moved(_ arguments: JSONObject) throws -> [Float] {
      let optimizer = try OptimizerCatalogue.optimizer(
        ["class_name": "SGD", "config": .object(arguments)])
      var trace = OptimizerTrace(
        optimizer, layout: ParameterLayout([([3], true)]), paths: ["w"], start: [1, -2, 0.5])
      return try trace.step([0.1, .nan, 0.3])
    }
    #expect(try moved(["clipnorm": 0.5]).allSatisfy(\.isNaN))
    #expect(try moved(["clipvalue": 0.5]).map(\.isNaN) == [false, true, false])
  }
}

@Suite struct ScheduleTests {
  private static let cases: [(name: String, className: String, arguments: JSONObject)] = [
    ("lr_exp", "ExponentialDecay", ["decay_rate": 0.9]),
    ("lr_exp_st", "ExponentialDecay", ["decay_rate": 0.9, "staircase": true]),
    ("lr_pw", "PiecewiseConstantDecay", ["boundaries": [5, 10], "values": [1.0, 0.5, 0.1]]),
    ("lr_poly", "PolynomialDecay", ["end_learning_rate": 0.01, "power": 2.0]),
    ("lr_polyc", "PolynomialDecay", ["end_learning_rate": 0.01, "cycle": true]),
    ("lr_inv", "InverseTimeDecay", ["decay_rate": 0.5]),
    ("lr_cos", "CosineDecay", ["alpha": 0.1]),
    (
      "lr_cosw", "CosineDecay",
      ["initial_learning_rate": 0.0, "warmup_target": 0.1, "warmup_steps": 5]
    ),
    ("lr_cosr", "CosineDecayRestarts", ["first_decay_steps": 10, "m_mul": 0.5]),
  ]

  @Test(arguments: cases.map(\.name))
  func ratesAreKeras(_ name: String) throws {
    let entry = try #require(Self.cases.first { $0.name == name })
    var arguments: JSONObject = ["initial_learning_rate": 0.1, "decay_steps": 10]
    for member in entry.arguments.members { arguments[member.key] = member.value }
    let json: JSONValue = ["class_name": .string(entry.className), "config": .object(arguments)]
    let schedule = try ScheduleCatalogue.schedule(json)
    let again = try ScheduleCatalogue.schedule(
      ["class_name": .string(entry.className), "config": .object(schedule.configuration)])
    let golden = try #require(try Golden.value("golden_opt.json")[name]?.tensor).scalars
    let found = golden.indices.map { Float(schedule.learningRate(at: $0)) }
    #expect(deviation(found, golden) < 1e-6)
    #expect(golden.indices.map { Float(again.learningRate(at: $0)) } == found)
  }

  @Test func everyScheduleHasATrace() {
    #expect(
      Set(Self.cases.map(\.className)) == Set(ScheduleCatalogue.all.map { type in type.className }))
  }
}
