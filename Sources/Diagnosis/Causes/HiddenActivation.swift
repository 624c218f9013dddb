import CaseFile
import JSON

/// Hidden activations that are missing, saturate in depth, or normalise where they should not.
struct HiddenActivation: Cause {
  let id = "hidden-activation"
  let title = "missing or unsuitable hidden activations"
  let needs: [Need] = [.model, .trials]
  let explanation = """
    Dense layers without an activation collapse into a single linear map, however many there are: \
    what a straight line cannot separate they cannot learn. Sigmoid and tanh flatten out, and each \
    sigmoid layer passes on at most a quarter of the gradient, so in a deep stack the first layers get \
    none. Softmax in a hidden layer lets its units compete for a sum of 1 and starves them. A linear \
    model on a linear task, or a linear bottleneck, is healthy; so is one hidden sigmoid layer that \
    trains well. Suspected from the activations; proven by a trial with relu (and he_normal), or with \
    selu where narrow relu layers would die.
    """

  /// From this many sigmoid layers on at most (1/4)³ of the gradient reaches the first one.
  static let sigmoidDepth = 3

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model else { return lacking(.model) }
    guard let head = Head(model) else {
      return .notExamined(needs: [.model], hint: "the order of the layers is not known")
    }
    let recurrent = model.layers.filter {
      ["SimpleRNN", "LSTM", "GRU"].contains($0.className)
        && ["relu", "linear"].contains($0.activation ?? "")
    }
    if !recurrent.isEmpty {
      return suspect(
        recurrent, 0.6,
        "\(recurrent[0].activation ?? "") in the recurrent layer \(recurrent[0].name) multiplies the"
          + " state from step to step without a bound", facts, to: [("tanh", "glorot_uniform")])
    }
    let hidden = model.layers.filter {
      ["Dense", "Conv1D", "Conv2D"].contains($0.className) && $0.name != head.unitsLayer
        && $0.activation != nil
    }
    guard !hidden.isEmpty else { return .ruledOut("the model has no hidden layer") }
    let linear = hidden.filter { isLinear($0, in: model) }
    let sigmoids = hidden.filter { ["sigmoid", "hard_sigmoid"].contains($0.activation ?? "") }
    let saturating =
      sigmoids + hidden.filter { ["tanh", "hard_tanh"].contains($0.activation ?? "") }
    let softmax = hidden.filter { $0.activation == "softmax" }
    if !softmax.isEmpty {
      return suspect(
        softmax, 0.6, "softmax in the hidden layer \(softmax[0].name) starves its units", facts)
    }
    if linear.count == hidden.count {
      return suspect(
        linear, 0.6,
        "\(linear.count + 1) layers without an activation between them are one linear map", facts)
    }
    if sigmoids.count >= HiddenActivation.sigmoidDepth {
      return suspect(
        sigmoids, 0.7,
        "\(sigmoids.count) sigmoid layers on end pass on at most \(figure(quarterPower(sigmoids.count)))"
          + " of the gradient", facts)
    }
    if !saturating.isEmpty {
      return suspect(
        saturating, 0.25, "\(saturating.count) saturating hidden layers", facts)
    }
    return .ruledOut(
      "the hidden layers use "
        + Set(hidden.compactMap(\.activation)).sorted().joined(separator: ", ")
    )
  }

  /// Whether nothing bends the numbers between this layer and the next one with weights.
  private func isLinear(_ layer: LayerFacts, in model: ModelFacts) -> Bool {
    guard layer.activation == "linear" else { return false }
    var name = layer.name
    while let next = model.layers.first(where: { $0.inputs.contains(name) }) {
      if next.activation != nil || !next.variables.isEmpty {
        return next.className != "Activation" || next.activation == "linear"
      }
      let bending: Set<String> = [
        "ReLU", "LeakyReLU", "ELU", "PReLU", "Softmax", "MaxPooling1D", "MaxPooling2D", "Maximum",
        "Multiply",
      ]
      if bending.contains(next.className) || next.isOpaque { return false }
      name = next.name
    }
    return true
  }

  private func quarterPower(_ depth: Int) -> Double {
    (0..<depth).reduce(1.0) { product, _ in product / 4 }
  }

  private func suspect(
    _ layers: [LayerFacts], _ prior: Double, _ summary: String, _ facts: CaseFile,
    to choices: [(activation: String, initializer: String)] = HiddenActivation.choices
  ) -> Examination {
    var evidence = [
      Evidence(
        layers.map { "\($0.name): \($0.activation ?? "none")" }.joined(separator: ", "))
    ]
    let norms = facts.measurements?.signals.compactMap(\.gradientNorm) ?? []
    if let first = norms.first, let last = norms.last, last > 0 {
      evidence.append(
        Evidence(
          "gradient of the first layer with weights against the last: \(figure(first / last))",
          value: first / last, basis: .probe))
    }
    func edits(_ activation: String, _ initializer: String) -> [Edit] {
      layers.flatMap { layer -> [Edit] in
        let old = layer.configuration["kernel_initializer"]
        return [
          Edit(
            target: "layers.\(layer.name).activation", from: .string(layer.activation ?? "linear"),
            to: .string(activation)),
          Edit(
            target: "layers.\(layer.name).kernel_initializer",
            from: old?["class_name"] ?? old ?? .null, to: .string(initializer)),
        ]
      }
    }
    return .suspected(
      Suspicion(
        prior: prior, summary: summary, evidence: evidence,
        remedies: choices.map { choice in
          Remedy(
            edits: edits(choice.activation, choice.initializer),
            summary: "\(choice.activation) with \(choice.initializer) in "
              + layers.map(\.name).joined(separator: ", "))
        }))
  }

  /// What is tried, each with the initialiser that keeps the signal's size under it. Narrow relu
  /// layers die in many a seed; selu cannot die.
  private static let choices = [("relu", "he_normal"), ("selu", "lecun_normal")]

  @_optimize(none) var examples: [Example] {
    [
      .sick(
        "linear layers on circles", "Dense(32), Dense(32), Dense(1, activation='sigmoid')",
        .example(
          units: [32, 32, 1], activations: ["linear", "linear", "sigmoid"],
          loss: "binary_crossentropy", y: .classes([0, 1]))),
      .sick(
        "ten sigmoid layers", "10 × Dense(32, activation='sigmoid')",
        .example(
          units: [32, 32, 32, 32, 3],
          activations: ["sigmoid", "sigmoid", "sigmoid", "sigmoid", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2]))),
      .healthy(
        "relu", "Dense(32, activation='relu')",
        .example(
          units: [32, 3], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2]))),
      .healthy(
        "a single layer is a linear model on purpose", "Dense(1)",
        .example(units: [1], activations: ["linear"], loss: "mse", y: .spread())),
    ]
  }
}
