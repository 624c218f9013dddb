import CaseFile
import JSON

/// Penalties or dropout so strong that the data no longer count.
struct OverRegularised: Cause {
  let id = "over-regularised"
  let title = "too much regularisation"
  let needs: [Need] = [.model, .trials]
  let explanation = """
    L1 and L2 penalties are part of the loss that Keras shows. A coefficient of 1 or 10 makes them \
    hundreds of times larger than the data's part: training then shrinks the weights to zero, the \
    shown loss falls beautifully, and the model learns nothing. Dropout of 0.9 leaves too little of \
    the signal to learn from. Suspected from the penalty beside the data's loss before the first step, \
    or from the rate; proven by a trial with a weaker one in which the data's loss falls. Mild \
    penalties and dropout of 0.5 in wide layers are healthy.
    """

  /// A penalty that exceeds the data's loss this many times rules the gradient.
  static let dominatingRatio = 3.0
  /// Dropout from this rate on leaves less than a third of the units, or, in narrow layers, none.
  static let strongDropout = 0.7
  /// With this many units or fewer, dropout from ``narrowDropout`` on often silences all of them.
  static let narrowUnits = 8
  /// The rate from which dropout after a narrow layer is suspected.
  static let narrowDropout = 0.4
  /// The coefficient that remains after the repair: Keras' default strength of L2 divided by 100.
  static let mildCoefficient = 1e-4
  /// The rate that remains after the repair.
  static let mildDropout = 0.2

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model else { return lacking(.model) }
    let edits = penaltyEdits(model)
    if !edits.isEmpty, let penalty = facts.measurements?.initialPenalty,
      let loss = facts.measurements?.initialLoss
    {
      if penalty > OverRegularised.dominatingRatio * abs(loss) {
        return suspect(
          edits, 0.8,
          "the penalties are \(figure(penalty)) against \(figure(loss)) of the data before the first"
            + " step",
          Evidence(
            "penalties divided by the data's loss", value: penalty / max(abs(loss), 1e-12),
            basis: .probe))
      }
    } else if !edits.isEmpty, let strongest = strongestCoefficient(model), strongest >= 0.1 {
      return suspect(
        edits, 0.4, "a penalty coefficient of \(figure(strongest))",
        Evidence("largest coefficient", value: strongest))
    }
    let dropouts = dropoutEdits(model)
    if let first = dropouts.first {
      return suspect(
        dropouts, 0.4, "dropout \(figure(first.from.double ?? 0)) leaves too little to learn from",
        Evidence("dropout rate", value: first.from.double))
    }
    return .ruledOut(
      edits.isEmpty
        ? "no penalties, and no dropout beyond \(figure(OverRegularised.strongDropout))"
        : "the penalties are small beside the data's loss")
  }

  private static let penalised = [
    "kernel_regularizer", "bias_regularizer", "activity_regularizer", "recurrent_regularizer",
    "gamma_regularizer", "beta_regularizer",
  ]

  private func coefficients(_ value: JSONValue) -> [(String, Double)] {
    (value["config"]?.object?.members ?? []).compactMap { member in
      member.value.double.map { (member.key, $0) }
    }
  }

  private func strongestCoefficient(_ model: ModelFacts) -> Double? {
    model.layers.flatMap { layer in
      OverRegularised.penalised.flatMap { key in
        layer.configuration[key].map { coefficients($0).map(\.1) } ?? []
      }
    }.max()
  }

  private func penaltyEdits(_ model: ModelFacts) -> [Edit] {
    model.layers.flatMap { layer in
      OverRegularised.penalised.compactMap { key -> Edit? in
        guard let old = layer.configuration[key], !old.isNull else { return nil }
        guard coefficients(old).contains(where: { $0.1 > OverRegularised.mildCoefficient }) else {
          return nil
        }
        return Edit(
          target: "layers.\(layer.name).\(key)", from: old,
          to: [
            "module": "keras.regularizers", "class_name": "L2",
            "config": ["l2": .double(OverRegularised.mildCoefficient)],
          ])
      }
    }
  }

  private func dropoutEdits(_ model: ModelFacts) -> [Edit] {
    model.layers.compactMap { layer -> Edit? in
      guard layer.className.hasSuffix("Dropout"), let rate = layer.configuration["rate"]?.double
      else { return nil }
      let width = layer.inputs.first.flatMap { model.layer(named: $0)?.units } ?? .max
      let limit =
        width <= OverRegularised.narrowUnits
        ? OverRegularised.narrowDropout : OverRegularised.strongDropout
      guard rate >= limit else { return nil }
      return Edit(
        target: "layers.\(layer.name).rate", from: .double(rate),
        to: .double(width <= OverRegularised.narrowUnits ? 0 : OverRegularised.mildDropout))
    }
  }

  private func suspect(
    _ edits: [Edit], _ prior: Double, _ summary: String, _ evidence: Evidence
  ) -> Examination {
    .suspected(
      Suspicion(
        prior: prior, summary: summary, evidence: [evidence],
        remedies: [Remedy(edits: edits)]))
  }

  @_optimize(none) var examples: [Example] {
    func penalised(_ coefficient: Double, penalty: Double) -> CaseFile {
      .example(
        units: [32, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2])
      ) { facts in
        facts.model?.layers[1].configuration["kernel_regularizer"] = [
          "class_name": "L2", "config": ["l2": .double(coefficient)],
        ]
        var measurements = Measurements()
        (measurements.initialLoss, measurements.initialPenalty) = (1.1, penalty)
        facts.measurements = measurements
      }
    }
    return [
      .sick("L2 of 10", "kernel_regularizer=L2(10.0)", penalised(10, penalty: 450)),
      .healthy("L2 of 0.0001", "kernel_regularizer=L2(1e-4)", penalised(1e-4, penalty: 0.005)),
      .healthy(
        "no penalties", "Dense(32, activation='relu')",
        .example(
          units: [32, 3], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2]))),
    ]
  }
}
