import CaseFile
import JSON

/// An operation outside its domain: log(0), √ at 0, 0/0, a row beyond the end of a table.
struct UnsafeOperation: Cause {
  let id = "unsafe-operation"
  let title = "an operation leaves its domain"
  let needs: [Need] = [.model, .log]
  let explanation = """
    The logarithm of 0 is −∞, the slope of the square root at 0 is infinite, 0/0 is NaN, and exp of 89 no \
    longer fits into float32. Keras' own losses are guarded by an epsilon; Lambda layers, custom losses \
    and an exponential as last activation are not. The loss falls well, and from one step to the next it \
    is NaN: no slow growth announces it. Percentages of targets that are 0 divide by next to nothing. \
    An Embedding has rows for the numbers from 0 to input_dim − 1; words numbered from 1, or a vocabulary \
    without its padding, need one more: beyond the end JAX reads NaN without a word, TensorFlow and \
    PyTorch stop with an error. Recognised from a loss that turns NaN without having grown, from finite \
    data and weights, with an unguarded operation in the model; from targets at 0 under a percentage; or \
    from numbers in the data that have no row. Cured by an epsilon, a clip, a loss without the division, \
    or an input_dim of the largest number + 1.
    """

  /// A loss that had grown to this many times its lowest value before it turned NaN had diverged:
  /// that is a matter of the step, not of an operation.
  static let grownRatio = 3.0
  /// Keras divides percentages by at least this (`epsilon`).
  static let epsilon = 1e-7

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let compilation = facts.compilation, let model = facts.model else {
      return lacking(.model)
    }
    if let finding = lookup(facts) { return .found(finding) }
    let loss = LossReading(compilation)
    if loss?.name == "mean_absolute_percentage_error", let targets = facts.data?.targets,
      !(targets.unknown?.contains(.shares) ?? false)
    {
      if let finding = percentages(targets) { return .found(finding) }
    }
    let unguarded = model.layers.filter { layer in
      layer.className == "Lambda" || layer.activation == "exponential"
    }
    let isCustomLoss = loss.map { $0.family == .other && $0.isObject } ?? !compilation.loss.isNull
    guard !unguarded.isEmpty || isCustomLoss else {
      return .ruledOut("every operation of the model and the loss is guarded by Keras")
    }
    if let origin = facts.measurements?.nonFinite, let culprit = culprit(origin, unguarded) {
      return .suspected(
        Suspicion(
          prior: 0.8, summary: "\(culprit) leaves its domain in step \(origin.step)",
          evidence: [origin.evidence], remedies: []))
    }
    let losses =
      facts.recorded?.history["loss"] ?? facts.measurements?.baseline.first?.history["loss"] ?? []
    guard !losses.isEmpty else { return lacking(.log) }
    guard let step = losses.firstIndex(where: { !$0.isFinite }), step > 0 else {
      return .ruledOut("the loss does not turn NaN after a sound beginning")
    }
    let before = losses.prefix(step)
    let lowest = before.map(abs).min() ?? 0
    guard let last = before.last, abs(last) <= UnsafeOperation.grownRatio * lowest else {
      return .ruledOut("the loss had grown before it turned NaN")
    }
    let name = unguarded.first.map { "the \($0.className) layer \($0.name)" } ?? "the loss"
    return .suspected(
      Suspicion(
        prior: 0.6,
        summary: "the loss is \(figure(last)) and NaN in the next epoch; \(name) is not guarded"
          + " against leaving its domain",
        evidence: [
          Evidence(
            "last finite loss, in epoch \(step) of \(losses.count)", value: last, basis: .log)
        ], remedies: []))
  }

  /// Numbers up to this size stay finite under every operation that is guarded.
  private static let ordinaryMagnitude = 1e4

  /// The operation that turns ordinary numbers into NaN or infinity; `nil` where they were huge before.
  private func culprit(_ origin: NonFiniteOrigin, _ unguarded: [LayerFacts]) -> String? {
    guard (origin.magnitudeBefore ?? .infinity) < UnsafeOperation.ordinaryMagnitude else {
      return nil
    }
    switch origin.place {
    case .layer:
      return unguarded.first { $0.name == origin.layer }.map { "the layer \($0.name)" }
    case .loss: return "the loss"
    default: return nil
    }
  }

  /// Numbers beyond the end of a table. Where every loss on record is finite, nothing came of them:
  /// on graphics processors TensorFlow reads zeros.
  private func lookup(_ facts: CaseFile) -> CauseFinding? {
    guard let reading = LookupReading(facts) else { return nil }
    let history = facts.recorded?.history ?? [:]
    let losses = [history["loss"], history["val_loss"]].compactMap(\.self).flatMap(\.self)
    guard losses.isEmpty || losses.contains(where: { !$0.isFinite }) else { return nil }
    return CauseFinding(
      id: id, confidence: RuleConfidence.settled, isProven: true,
      summary: "the layer \(reading.layer) looks up \(reading.largest), but its table has rows for"
        + " 0…\(reading.rows - 1): NaN on JAX, an error on TensorFlow and PyTorch",
      evidence: [
        Evidence(
          "largest number in the data \(reading.largest), input_dim \(reading.rows)",
          value: Double(reading.largest), sample: "all \(reading.samples) rows")
      ],
      remedy: Remedy(edits: [
        Edit(
          target: "layers.\(reading.layer).input_dim", from: .int(reading.rows),
          to: .int(reading.largest + 1))
      ]))
  }

  /// Targets at 0 under a percentage.
  private func percentages(_ targets: ArrayFacts) -> CauseFinding? {
    let zeros =
      targets.distinct.first { $0.value == 0 }?.count
      ?? targets.percentiles.filter { abs($0) < UnsafeOperation.epsilon }.count
    // A hundredth of the rows at a ten-millionth of the others' divisor outweighs all others.
    guard
      zeros * 100 >= (targets.distinct.isEmpty ? targets.percentiles.count : targets.overall.count)
    else { return nil }
    return CauseFinding(
      id: id, confidence: RuleConfidence.settled, isProven: true,
      summary:
        "targets of 0 under mean_absolute_percentage_error: each error is divided by the target",
      evidence: [
        Evidence(
          "smallest target \(figure(targets.overall.minimum)); divided by at least"
            + " \(figure(UnsafeOperation.epsilon))", value: Double(zeros),
          sample: "all \(targets.rows) rows")
      ],
      remedy: Remedy(edits: [
        Edit(target: "loss", from: "mean_absolute_percentage_error", to: "mean_absolute_error")
      ]))
  }

  @_optimize(none) var examples: [Example] {
    func lambda(_ losses: [Double]) -> CaseFile {
      .example(
        units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread(),
        history: ["loss": losses]
      ) { facts in
        facts.model?.layers.insert(
          LayerFacts(
            name: "lambda", className: "Lambda", configuration: [:], inputs: ["dense"],
            isOpaque: true), at: 2)
        facts.model?.layers[3].inputs = ["lambda"]
      }
    }
    func words(_ numbers: ClosedRange<Double>, history: [String: [Double]] = [:]) -> CaseFile {
      var x = ArrayFacts.spread(columns: 12, from: numbers.lowerBound, to: numbers.upperBound)
      x.isIntegral = true
      return .example(
        units: [16, 1], activations: ["relu", "sigmoid"], loss: "binary_crossentropy",
        y: .classes([0, 1]), x: x, history: history
      ) { facts in
        facts.model?.layers.insert(
          LayerFacts(
            name: "embedding", className: "Embedding",
            configuration: ["input_dim": 200, "output_dim": 16], inputs: ["input_layer"]), at: 1)
        facts.model?.layers[2].inputs = ["embedding"]
      }
    }
    return [
      .sick(
        "words numbered from 1", "Embedding(200, 16); x in 1…200",
        words(1...200, history: ["loss": [.nan, .nan]])),
      .healthy("a row for every word", "Embedding(200, 16); x in 0…199", words(0...199)),
      .healthy(
        "a graphics processor reads zeros beyond the end", "x in 0…200; the loss falls",
        words(0...200, history: ["loss": [0.69, 0.4, 0.2]])),
      .sick(
        "a logarithm of relu", "Lambda(lambda t: ops.log(t))", lambda([1.1, 0.7, 0.4, .nan, .nan])),
      .sick(
        "percentages of nothing", "loss='mape'; many targets are 0",
        .example(
          units: [16, 1], activations: ["relu", "linear"], loss: "mape",
          y: .classes([0, 1, 2, 3, 4, 5]))),
      .healthy(
        "a guarded logarithm", "Lambda(lambda t: ops.log(t + 1e-6))", lambda([1.1, 0.7, 0.4, 0.3])),
      .healthy(
        "growth that ends in NaN is a matter of the step", "SGD(10.0)",
        lambda([1.1, 70, 9000, .nan])),
    ]
  }
}
