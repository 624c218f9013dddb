import CaseFile
import JSON

/// Initial weights from which training cannot start well.
struct Initialization: Cause {
  let id = "initialization"
  let title = "initial weights that do not suit the network"
  let needs: [Need] = [.model]
  let explanation = """
    Weights that are all alike, zeros above all, give all units of a layer the same gradient: they \
    stay alike for ever, and behind a relu that starts at 0 no gradient flows at all. Weights far too \
    large saturate every unit and make the first losses huge; far too small ones let the signal die on \
    its way. A bias far below zero silences every relu before the first step. he_normal (for relu) and \
    glorot_uniform (for tanh and sigmoid) keep the size of signals from layer to layer. Recognised \
    from the stored weights, compared with what those initialisers would give. A zero last layer, or a \
    model of one layer, may well start from zeros. Cured by the initialiser that fits the activation.
    """

  /// Weights this many times wider than he_normal's multiply the signal as much in every layer:
  /// two hidden layers of it and the outputs are hundreds of times too large.
  static let largeRatio = 8.0
  /// Weights this many times narrower let the signal of two layers vanish below a thousandth.
  static let smallRatio = 1.0 / 30
  /// Weights off by less than this factor are one initialiser in the place of another.
  static let oddFactor = 2.0
  /// From so many layers on factors multiply to what a single layer would be accused of.
  static let deep = 3
  /// The product of two layers each at ``largeRatio``; for small weights the signal is as much smaller.
  static let compoundedRatio = 64.0
  /// A bias this many times the spread of a unit's pre-activation holds it on one side of zero.
  static let biasRatio = 3.0

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model else { return lacking(.model) }
    let kernels = model.layers.filter { kernel($0) != nil }
    guard let last = kernels.last else {
      return .notExamined(needs: [.model], hint: "the model was given without weights")
    }
    let suspects = kernels.compactMap { layer -> (LayerFacts, String, Double)? in
      let inspected = inspect(layer, isLast: layer.name == last.name, of: kernels.count)
      return inspected.map { (layer, $0.0, $0.1) }
    }
    if suspects.isEmpty, let depth = compounded(kernels.dropLast()) { return .suspected(depth) }
    guard let (layer, problem, prior) = suspects.max(by: { $0.2 < $1.2 }) else {
      return .ruledOut("the weights have the size that he_normal or glorot_uniform would give")
    }
    let edits = suspects.flatMap { layer, _, _ in repair(layer) }
    return .suspected(
      Suspicion(
        prior: prior, summary: "\(problem) in \(layer.name)",
        evidence: suspects.map { Evidence("\($0.0.name): \($0.1)") },
        remedies: [Remedy(edits: edits)]))
  }

  /// Hidden layers each of which is only somewhat too wide or too narrow, but all of them together
  /// blow the signal up or let it die.
  private func compounded(_ hidden: ArraySlice<LayerFacts>) -> Suspicion? {
    let ratios = hidden.compactMap { layer -> (LayerFacts, Double)? in
      guard let kernel = kernel(layer), let figures = kernel.statistics,
        figures.nonFiniteCount == 0, layer.className == "Dense"
      else { return nil }
      let fanIn = Double(kernel.shape.dropLast().reduce(1, *))
      let gain = layer.activation == "relu" ? 2.0 : 1.0
      return (layer, figures.standardDeviation / (gain / fanIn).squareRoot())
    }
    guard ratios.count >= Initialization.deep else { return nil }
    let odd = ratios.filter {
      $0.1 > Initialization.oddFactor || $0.1 < 1 / Initialization.oddFactor
    }
    let product = odd.map(\.1).reduce(1, *)
    let isLarge = product > Initialization.compoundedRatio
    guard isLarge || product < 1 / Initialization.compoundedRatio else { return nil }
    return Suspicion(
      prior: isLarge ? 0.75 : 0.5,
      summary: "\(odd.count) layers in a row make the signal \(figure(product)) times as large as"
        + " he_normal or glorot_uniform would",
      evidence: odd.map { layer, ratio in
        Evidence("\(layer.name): \(figure(ratio)) times the size that keeps the signal")
      }, remedies: [Remedy(edits: odd.flatMap { repair($0.0) })])
  }

  private func kernel(_ layer: LayerFacts) -> VariableFacts? {
    layer.variables.first {
      $0.name == "kernel" && $0.isTrainable && $0.shape.count >= 2 && $0.statistics != nil
    }
  }

  /// What is odd about a layer's weights, and how probable it is that it does harm.
  private func inspect(_ layer: LayerFacts, isLast: Bool, of count: Int) -> (String, Double)? {
    guard let kernel = kernel(layer), let figures = kernel.statistics,
      figures.nonFiniteCount == 0
    else { return nil }
    let fanIn = Double(kernel.shape.dropLast().reduce(1, *))
    let units = kernel.shape.last ?? 1
    let size = figures.rootMeanSquare
    let he = (2 / fanIn).squareRoot()
    if figures.minimum == figures.maximum, figures.count > 1 {
      // A single layer is convex whatever it starts from, and a last layer breaks the symmetry of
      // the layers before it with its first step.
      guard !isLast, units > 1 else { return nil }
      return ("all weights are \(figure(figures.mean)), so all \(units) units stay alike", 0.8)
    }
    if size > Initialization.largeRatio * he, size > 0.5 {
      return ("weights of size \(figure(size)), \(figure(size / he)) times he_normal's", 0.6)
    }
    if size < Initialization.smallRatio * he, !isLast {
      return ("weights of size \(figure(size)), he_normal would give \(figure(he))", 0.4)
    }
    let bias = layer.variables.first { $0.name == "bias" && $0.isTrainable }?.statistics
    if let bias, !isLast,
      abs(bias.mean) > Initialization.biasRatio * max(size * fanIn.squareRoot(), 1)
    {
      return ("biases around \(figure(bias.mean)) hold every unit on one side of zero", 0.7)
    }
    return nil
  }

  private func repair(_ layer: LayerFacts) -> [Edit] {
    let isRectifier = ["relu", "leaky_relu", "elu", "selu", "silu", "gelu"]
      .contains(layer.activation ?? "")
    let name = isRectifier ? "he_normal" : "glorot_uniform"
    let old = layer.configuration["kernel_initializer"] ?? .null
    var edits = [
      Edit(
        target: "layers.\(layer.name).kernel_initializer", from: old["class_name"] ?? old,
        to: .string(name))
    ]
    if layer.variables.contains(where: { $0.name == "bias" }) {
      let bias = layer.configuration["bias_initializer"] ?? .null
      let given = bias["class_name"] ?? bias
      if given.string != "Zeros", given.string != "zeros" {
        edits.append(
          Edit(target: "layers.\(layer.name).bias_initializer", from: given, to: "zeros"))
      }
    }
    return edits
  }

  @_optimize(none) var examples: [Example] {
    func constant(_ value: Double) -> Statistics {
      Statistics(count: 128, minimum: value, maximum: value, mean: value, standardDeviation: 0)
    }
    let wide = Statistics(count: 128, minimum: -30, maximum: 30, mean: 0, standardDeviation: 10)
    return [
      .sick(
        "zeros in a hidden layer", "Dense(16, activation='relu', kernel_initializer='zeros')",
        .example(
          units: [16, 3], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2]), kernel: constant(0))),
      .sick(
        "far too wide", "Dense(16, kernel_initializer=RandomNormal(stddev=10))",
        .example(
          units: [16, 3], activations: ["tanh", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2]), kernel: wide)),
      .sick(
        "a bias that silences every relu",
        "Dense(16, activation='relu', bias_initializer=Constant(-10))",
        .example(
          units: [16, 3], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2]), bias: constant(-10))),
      .healthy(
        "logistic regression from zeros",
        "Dense(1, activation='sigmoid', kernel_initializer='zeros')",
        .example(
          units: [1], activations: ["sigmoid"], loss: "binary_crossentropy", y: .classes([0, 1])
        ) { facts in
          facts.model?.layers[1].variables[0].statistics = constant(0)
        }),
      .healthy(
        "a bias of 0.1 under relu", "Dense(16, activation='relu', bias_initializer=Constant(0.1))",
        .example(
          units: [16, 3], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2]), bias: constant(0.1))),
      .healthy(
        "glorot_uniform under relu", "Dense(16, activation='relu')",
        .example(
          units: [16, 3], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2]))),
    ]
  }
}
