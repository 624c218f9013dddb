import CaseFile
import JSON

/// An optimizer, or a setting of it, that does not suit the task.
struct OptimizerChoice: Cause {
  let id = "optimizer-choice"
  let title = "the optimizer or one of its settings does not suit the task"
  let needs: [Need] = [.model, .trials]
  let explanation = """
    Adadelta, Adagrad and Ftrl at Keras' default rate of 0.001 move a hundred times slower than the papers \
    that they come from; an epsilon of 1 turns Adam into a very slow SGD; a momentum of 0.99 carries a run \
    past every minimum; a weight decay of 1 pulls the weights to zero faster than the data can hold them. \
    Plain SGD creeps along narrow valleys that Adam strides through. Suspected from the arguments; proven \
    by a trial with the usual setting, or with Adam.
    """

  /// An epsilon from this on exceeds the usual size of gradients (about 1e-2 and less) and rules the
  /// step. Some published models train with 0.1: only a trial accuses.
  static let largeEpsilon = 0.01
  /// With such a momentum a step lasts for fifty.
  static let longMomentum = 0.98
  /// Weights that decay below e⁻³ of their size over a run are pulled to zero.
  static let decayedPowers = 3.0
  /// Optimizers whose default rate in Keras is far below the one that they were published with.
  private static let slow: Set<String> = ["Adadelta", "Adagrad", "Ftrl"]
  /// The rate up to which they are slow.
  private static let slowRate = 0.05

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let compilation = facts.compilation else { return lacking(.model) }
    let (name, settings) = (compilation.optimizer, compilation.optimizerConfiguration)
    let rate = settings["learning_rate"]?.double
    if OptimizerChoice.slow.contains(name), (rate ?? 0.001) <= OptimizerChoice.slowRate {
      return suspect(
        0.6, "\(name) at a rate of \(figure(RateReading.shortest(rate ?? 0.001))) hardly moves",
        "learning rate of \(name)", rate ?? 0.001,
        [OptimizerChoice.adam(from: compilation)].compactMap(\.self))
    }
    if let epsilon = settings["epsilon"]?.double, epsilon >= OptimizerChoice.largeEpsilon {
      return suspect(
        0.6, "an epsilon of \(figure(epsilon)) rules the steps of \(name)", "epsilon", epsilon,
        [
          Remedy(edits: [
            Edit(target: "optimizer.epsilon", from: .double(epsilon), to: 1e-7)
          ])
        ])
    }
    if let decay = settings["weight_decay"]?.double, let rate,
      let steps = TooFewEpochs.steps(facts, epochs: facts.fit?.epochs ?? 1),
      decay * rate * Double(steps) > OptimizerChoice.decayedPowers
    {
      return suspect(
        0.6, "a weight decay of \(figure(decay)) pulls the weights to zero within the run",
        "decay × rate × steps", decay * rate * Double(steps),
        [Remedy(edits: [Edit(target: "optimizer.weight_decay", from: .double(decay), to: .null)])])
    }
    if let momentum = settings["momentum"]?.double, momentum >= OptimizerChoice.longMomentum {
      return suspect(
        0.45,
        "a momentum of \(figure(momentum)) carries every step on for"
          + " \(figure((1 / (1 - min(momentum, 0.9999))).rounded())) more", "momentum", momentum,
        [
          Remedy(edits: [
            Edit(target: "optimizer.momentum", from: .double(momentum), to: 0.9)
          ])
        ])
    }
    guard name == "SGD", settings["momentum"]?.double ?? 0 == 0 else {
      return .ruledOut("\(name) with its settings is a usual choice")
    }
    guard facts.measurements != nil else { return lacking(.trials) }
    return suspect(
      0.2, "plain SGD", "learning rate", rate ?? 0.01,
      [OptimizerChoice.adam(from: compilation)].compactMap(\.self))
  }

  /// Adam as Keras has it.
  static func adam(from compilation: CompileFacts?) -> Remedy? {
    guard let compilation, compilation.optimizer != "Adam" else { return nil }
    return Remedy(edits: [
      Edit(
        target: "optimizer", from: .string(compilation.optimizer),
        to: ["class_name": "Adam", "config": ["learning_rate": 0.001]])
    ])
  }

  private func suspect(
    _ prior: Double, _ summary: String, _ figureName: String, _ value: Double, _ remedies: [Remedy]
  ) -> Examination {
    .suspected(
      Suspicion(
        prior: prior, summary: summary, evidence: [Evidence(figureName, value: value)],
        remedies: remedies))
  }

  @_optimize(none) var examples: [Example] {
    func compiled(_ optimizer: String, _ settings: JSONValue) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2]), optimizer: optimizer
      ) { $0.compilation?.optimizerConfiguration = settings }
    }
    return [
      .sick(
        "Adadelta at Keras' default rate", "optimizer='adadelta'",
        compiled("Adadelta", ["learning_rate": 0.001])),
      .sick(
        "Adam with an epsilon of 1", "Adam(epsilon=1.0)",
        compiled("Adam", ["learning_rate": 0.001, "epsilon": 1.0])),
      .sick(
        "momentum of 0.99", "SGD(0.01, momentum=0.99)",
        compiled("SGD", ["learning_rate": 0.01, "momentum": 0.99])),
      .healthy(
        "Adam", "optimizer='adam'", compiled("Adam", ["learning_rate": 0.001, "epsilon": 1e-7])),
      .healthy(
        "Adadelta at the rate of its paper", "Adadelta(1.0)",
        compiled("Adadelta", ["learning_rate": 1.0, "epsilon": 1e-7])),
      .healthy(
        "SGD with the usual momentum", "SGD(0.01, momentum=0.9)",
        compiled("SGD", ["learning_rate": 0.01, "momentum": 0.9])),
    ]
  }
}
