import CaseFile
import JSON

/// relu units that died in training.
struct DeadUnits: Cause {
  let id = "dead-units"
  let title = "relu units that no longer fire"
  let needs: [Need] = [.model, .features, .trials]
  let explanation = """
    A relu unit whose weighted sum is below zero on every row gives 0 and gets no gradient: nothing can \
    bring it back. A step that is too long, a bias far below zero, or a very narrow layer kill whole \
    layers, and the model then says the same to every row. Units that were dead from the start are the \
    initialiser's fault. Recognised from the share of units that give one value on every row after the \
    run against before. Proven by a trial with leaky_relu, which cannot die, from fresh he_normal weights.
    """

  /// A layer of which this share is dead passes on next to nothing.
  static let deadShare = 0.9
  /// Before the first step no more than this share may have been dead; else see `initialization`.
  static let initialShare = 0.5

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model else { return lacking(.model) }
    let rectified = model.layers.filter { $0.activation == "relu" && !$0.variables.isEmpty }
    guard let head = Head(model) else {
      return .notExamined(needs: [.model], hint: "the order of the layers is not known")
    }
    let hidden = rectified.filter { $0.name != head.unitsLayer }
    guard !hidden.isEmpty else { return .ruledOut("no hidden layer has relu") }
    guard let measurements = facts.measurements, !measurements.trainedSignals.isEmpty else {
      return lacking(.features, .trials)
    }
    let dead = hidden.compactMap { layer -> (LayerFacts, Double, Double)? in
      let before = measurements.signals.first { $0.layer == layer.name }?.deadShare ?? 0
      let after = measurements.trainedSignals.first { $0.layer == layer.name }?.deadShare ?? 0
      return after >= DeadUnits.deadShare && before <= DeadUnits.initialShare
        ? (layer, before, after) : nil
    }
    guard let worst = dead.max(by: { $0.2 < $1.2 }) else {
      return .ruledOut("units that give one value on every row did not become many in training")
    }
    return .suspected(
      Suspicion(
        prior: 0.55,
        summary: "\(percentage(worst.2)) of the relu units of \(worst.0.name) are dead"
          + " after the run",
        evidence: dead.map { layer, before, after in
          Evidence(
            "\(layer.name): share of dead units \(figure(before)) before, \(figure(after)) after",
            value: after, basis: .probe)
        },
        remedies: [
          Remedy(
            edits: hidden.flatMap { layer in
              [
                Edit(
                  target: "layers.\(layer.name).activation", from: "relu", to: "leaky_relu"),
                Edit(
                  target: "layers.\(layer.name).kernel_initializer",
                  from: layer.configuration["kernel_initializer"]?["class_name"] ?? .null,
                  to: "he_normal"),
              ]
            })
        ]))
  }

  @_optimize(none) var examples: [Example] {
    func signals(before: Double, after: Double) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2])
      ) { facts in
        func signal(_ share: Double) -> LayerSignals {
          LayerSignals(
            layer: "dense", gradientNorm: 0.1, outputDeviation: 1, deadShare: share,
            saturatedShare: 0)
        }
        var measurements = Measurements()
        (measurements.signals, measurements.trainedSignals) = ([signal(before)], [signal(after)])
        facts.measurements = measurements
      }
    }
    return [
      .sick("a layer died in training", "SGD(2.0)", signals(before: 0.05, after: 1)),
      .healthy("a few dead units are usual", "Adam()", signals(before: 0.05, after: 0.3)),
    ]
  }
}
