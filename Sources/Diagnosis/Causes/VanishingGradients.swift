import CaseFile
import JSON

/// Gradients that die on the way to the first layers.
struct VanishingGradients: Cause {
  let id = "vanishing-gradients"
  let title = "gradients vanish on the way to the first layers"
  let needs: [Need] = [.model, .features, .labels, .trials]
  let explanation = """
    The gradient of a layer is a product over all layers behind it. If each factor is a quarter, as with \
    sigmoid, or the weights are small, ten layers leave a millionth: the last layers learn, the first ones \
    stand still, and the model sees its inputs through layers that never learn anything. Recognised from \
    the size of the gradient in each layer before the first step. Proven by a trial with relu and \
    he_normal, or with normalisation between the layers.
    """

  /// The first layer's gradient against the last one's: below this the first layers do not move in a
  /// run in which the last ones do.
  static let ratio = 1e-3
  /// Two or three layers cannot make such a ratio by depth.
  static let depth = 4

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model else { return lacking(.model) }
    guard let head = Head(model) else {
      return .notExamined(needs: [.model], hint: "the order of the layers is not known")
    }
    guard let measurements = facts.measurements, !measurements.signals.isEmpty else {
      return lacking(.features, .labels, .trials)
    }
    let profile = GradientProfile(model, measurements)
    guard profile.norms.count >= VanishingGradients.depth, let ratio = profile.ratio else {
      return .ruledOut("\(profile.norms.count) layers with weights are not deep")
    }
    guard ratio < VanishingGradients.ratio else {
      return .ruledOut("the first layer's gradient is \(figure(ratio)) of the last one's")
    }
    let hidden = model.layers.filter {
      ["Dense", "Conv1D", "Conv2D"].contains($0.className) && $0.name != head.unitsLayer
        && $0.activation != nil
    }
    guard !hidden.isEmpty else { return .ruledOut("no hidden layer could be changed") }
    let relu = Remedy(
      edits: hidden.flatMap { layer in
        [
          Edit(
            target: "layers.\(layer.name).activation", from: .string(layer.activation ?? "linear"),
            to: "relu"),
          Edit(
            target: "layers.\(layer.name).kernel_initializer",
            from: layer.configuration["kernel_initializer"]?["class_name"] ?? .null,
            to: "he_normal"),
        ]
      }, summary: "relu with he_normal in all \(hidden.count) hidden layers")
    let normalised = Remedy(
      edits: hidden.map {
        Edit(
          target: "layers.\($0.name).insert_after",
          to: ["class_name": "BatchNormalization", "config": [:]])
      }, summary: "BatchNormalization after each of \(hidden.count) hidden layers")
    return .suspected(
      Suspicion(
        prior: 0.55,
        summary: "the gradient of the first layer is \(figure(ratio)) of the last one's",
        evidence: profile.evidence, remedies: [relu, normalised]))
  }

  @_optimize(none) var examples: [Example] {
    [
      .sick(
        "ten tanh layers with small weights",
        "10 × Dense(16, 'tanh', kernel_initializer=RandomNormal(stddev=0.01))",
        GradientProfile.example([1e-6, 1e-5, 1e-3, 0.01, 0.1])),
      .healthy(
        "gradients of similar size", "5 × Dense(16, 'relu', kernel_initializer='he_normal')",
        GradientProfile.example([0.2, 0.3, 0.2, 0.4, 0.5])),
    ]
  }
}
