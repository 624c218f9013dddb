import CaseFile
import JSON

/// A last activation that does not fit the task.
struct OutputActivation: Cause {
  let id = "output-activation"
  let title = "the last activation does not fit the task"
  let needs: [Need] = [.model, .labels]
  let explanation = """
    The last activation decides which numbers a model can say at all. Softmax over a single unit says \
    1 whatever the input. Sigmoid, softmax, tanh and relu cannot reach targets outside their range, \
    so a regression stands still at the nearest bound. Under a cross-entropy the outputs are read as \
    probabilities: relu gives 0 and numbers above 1, a linear output gives negative ones, both are \
    clipped, and where they are clipped there is no gradient. A relu output can also die: it says 0 \
    on every row and nothing brings it back. Softmax or sigmoid applied twice, once in the last Dense and \
    once in a layer of its own, leaves no class a probability near 1. Recognised from the activation, the units, the loss and \
    the range of the targets. Cured by the activation that fits: softmax for one class of many, \
    sigmoid for two classes or independent labels, none for measurements.
    """

  /// The share of the targets' variance that must lie beyond the range of the activation before a
  /// rule accuses it: below it a model can still explain nearly everything, and a few targets past
  /// the bound (rounding, noise around 0) are common in healthy programs.
  static let unreachableShare = 0.05

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let reading = ContractReading(facts) else { return log(facts) }
    let remedy = Contract(reading)?.remedy(reading)
    if let finding = appliedTwice(reading) { return .found(finding) }
    if let problem = problem(reading) {
      return .found(
        CauseFinding(
          id: id, confidence: RuleConfidence.settled, isProven: true, summary: problem,
          evidence: evidence(reading), remedy: remedy ?? fallback(reading)))
    }
    if let remedy = remedy ?? fallback(reading),
      let suspicion = suspicion(reading, facts, remedy)
    {
      return .suspected(suspicion)
    }
    if reading.targets == nil { return lacking(.labels) }
    return .ruledOut(
      "\(reading.head.activation) over \(reading.head.units ?? 0) units serves"
        + " \(reading.loss.name) and the targets")
  }

  /// What a log alone shows of an output that says the same whatever the input.
  private func log(_ facts: CaseFile) -> Examination {
    guard facts.model == nil, facts.compilation == nil, let mark = LogFingerprint(facts) else {
      return lacking(.model)
    }
    let advice: String
    switch mark {
    case .saturated, .complementary:
      advice =
        "look at the last layer: softmax over one unit, or relu, in the place of sigmoid; else at the"
        + " scale of the features"
    case .nothingToLearn:
      advice =
        "look at the last layer: a single unit under categorical_crossentropy; two classes need"
        + " sigmoid and binary_crossentropy"
    case .unmoved:
      advice =
        "look at the last layer: an activation that cannot reach the targets (softmax, sigmoid, relu"
        + " that is dead); else whether any layer is trainable"
    default: return lacking(.model)
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.suspected, isProven: false, summary: mark.text,
        evidence: [Evidence(mark.text, basis: .log)], advice: advice))
  }

  /// A squashed output that is squashed again: softmax of numbers within 0…1 gives no class more than
  /// e / (e + C − 1), so the crossentropy stays above ln(1 + (C − 1) / e); a sigmoid of them lies within
  /// 0.5…0.73, and one of relu never below one half.
  private func appliedTwice(_ reading: ContractReading) -> CauseFinding? {
    let head = reading.head
    guard reading.loss.isCrossentropy, head.isProbability, let earlier = head.earlierActivation,
      let layer = head.earlierActivationLayer
    else { return nil }
    let isSquashed = ["softmax", "sigmoid", "hard_sigmoid"].contains(earlier)
    let isOneSided = earlier == "relu" && head.isSigmoid
    guard isSquashed || isOneSided, let units = head.units, !head.isSoftmax || units > 1 else {
      return nil
    }
    let highest =
      head.isSoftmax
      ? exponential(1) / (exponential(1) + Double(units - 1)) : 1 / (1 + exponential(-1))
    let consequence =
      isOneSided
      ? "no probability can fall below 0.5"
      : "no probability can exceed \(figure(highest)), nor the loss of a row fall below"
        + " \(figure(-logarithm(highest)))"
    return CauseFinding(
      id: id, confidence: RuleConfidence.settled, isProven: true,
      summary: "\(head.activation) in \(head.activationLayer) follows \(earlier) in \(layer):"
        + " \(consequence)",
      evidence: evidence(reading),
      remedy: Remedy(edits: [
        Edit(target: "layers.\(layer).activation", from: .string(earlier), to: "linear")
      ]))
  }

  /// What is wrong for certain.
  private func problem(_ reading: ContractReading) -> String? {
    let (head, loss) = (reading.head, reading.loss)
    if head.isSoftmax, head.units == 1 {
      return "softmax over one unit is 1 whatever the input"
    }
    if loss.isCrossentropy, !loss.fromLogits, !head.isProbability, head.activation != "softplus" {
      let isTanh = head.range == -1...1
      let name = head.activation == "linear" ? "no activation" : head.activation
      if head.activation == "linear" || isTanh || head.range.lowerBound >= 0 {
        return "\(name) under \(loss.name), which reads the outputs as probabilities"
      }
    }
    if loss.isCrossentropy, loss.fromLogits, head.activation == "relu" {
      return "relu under \(loss.name) with from_logits=True: no logit can be negative"
    }
    guard loss.family == .regression, let target = reading.target else { return nil }
    switch target {
    case .binary where head.activation == "relu":
      return "relu output for two classes: it can exceed 1, and where it is 0 it learns nothing"
    case .real, .classes, .twoValued, .constant, .multiHot, .binary:
      let share = reading.unreachableShare
      guard share > OutputActivation.unreachableShare, let all = reading.targets?.overall else {
        return nil
      }
      return "\(head.activation) gives values in \(describe(head.range)), but the targets run from"
        + " \(figure(all.minimum)) to \(figure(all.maximum))"
    default: return nil
    }
  }

  /// What only a trial can tell: heads that often train well all the same.
  private func suspicion(
    _ reading: ContractReading, _ facts: CaseFile, _ remedy: Remedy
  ) -> Suspicion? {
    let head = reading.head
    if head.isSigmoid, [.categorical, .sparse].contains(reading.loss.family),
      (head.units ?? 1) > 1
    {
      return Suspicion(
        prior: RuleConfidence.suspected,
        summary: "sigmoid gives every class a probability of its own, but \(reading.loss.name)"
          + " expects one distribution over the classes", evidence: evidence(reading),
        remedies: [remedy])
    }
    let pinned = [
      facts.measurements?.pinnedOutputShare, facts.measurements?.pinnedOutputShareAfter,
    ].compactMap { $0 }.max()
    if head.range.lowerBound == 0, head.activation == "relu", let pinned, pinned > 0 {
      return Suspicion(
        prior: RuleConfidence.suspected,
        summary: "the relu output is dead: it gives 0 on every row and gets no gradient",
        evidence: evidence(reading) + [
          Evidence(
            "share of output units with one value on every row", value: pinned, basis: .probe)
        ], remedies: [remedy])
    }
    return nil
  }

  /// Without targets: what can be said all the same.
  private func fallback(_ reading: ContractReading) -> Remedy? {
    guard reading.loss.isCrossentropy else { return nil }
    let isSingle = reading.head.units == 1 || reading.loss.family == .binary
    return Remedy(edits: [
      Edit(
        target: "layers.\(reading.head.activationLayer).activation",
        from: .string(reading.head.activation), to: isSingle ? "sigmoid" : "softmax")
    ])
  }

  private func evidence(_ reading: ContractReading) -> [Evidence] {
    var evidence = [
      Evidence(
        "last activation \(reading.head.activation) in \(reading.head.activationLayer),"
          + " loss \(reading.loss.name)")
    ]
    if let all = reading.targets?.overall {
      evidence.append(
        Evidence(
          "targets from \(figure(all.minimum)) to \(figure(all.maximum)), mean \(figure(all.mean))",
          sample: "all \(all.count) values"))
    }
    let share = reading.unreachableShare
    if reading.loss.family == .regression, share > OutputActivation.unreachableShare {
      evidence.append(
        Evidence(
          "no weights can explain \(percentage(min(share, 1))) of the targets'"
            + " variance",
          value: share))
    }
    return evidence
  }

  private func describe(_ range: ClosedRange<Double>) -> String {
    range.upperBound.isInfinite
      ? "\(figure(range.lowerBound)) and above"
      : range.lowerBound.isInfinite
        ? "\(figure(range.upperBound)) and below"
        : "\(figure(range.lowerBound))…\(figure(range.upperBound))"
  }

  @_optimize(none) var examples: [Example] {
    [
      .sick(
        "a log in which every wrong row costs 15.94",
        "loss: 8.2192 - accuracy: 0.4844, in every epoch",
        .logAlone([
          "loss": [8.2192, 8.2192, 8.2192, 8.2192], "accuracy": [0.4844, 0.4844, 0.4844, 0.4844],
        ])),
      .healthy(
        "a log that learns", "loss: 0.69 … 0.21 - accuracy: 0.52 … 0.93",
        .logAlone(["loss": [0.69, 0.45, 0.28, 0.21], "accuracy": [0.52, 0.81, 0.9, 0.93]])),
      .sick(
        "softmax on one unit", "Dense(1, activation='softmax'); loss='binary_crossentropy'",
        .example(
          units: [16, 1], activations: ["relu", "softmax"], loss: "binary_crossentropy",
          y: .classes([0, 1]))),
      .sick(
        "relu under a cross-entropy",
        "Dense(4, activation='relu'); loss='categorical_crossentropy'",
        .example(
          units: [16, 4], activations: ["relu", "relu"], loss: "categorical_crossentropy",
          y: .oneHot(4))),
      .sick(
        "sigmoid for prices", "Dense(1, activation='sigmoid'); loss='mse'; y from 20 to 300",
        .example(
          units: [16, 1], activations: ["relu", "sigmoid"], loss: "mse",
          y: .spread(from: 20, to: 300))),
      .sick(
        "relu for targets of both signs", "Dense(1, activation='relu'); loss='mse'",
        .example(units: [16, 1], activations: ["relu", "relu"], loss: "mse", y: .spread())),
      .sick(
        "softmax in the last Dense and in a layer of its own",
        "Dense(4, activation='softmax'), Softmax()",
        .example(
          units: [16, 4], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
          y: .classes([0, 1, 2, 3])
        ) {
          $0.model?.append(LayerFacts(name: "softmax", className: "Softmax", configuration: [:]))
        }),
      .healthy(
        "softmax in a layer of its own", "Dense(4), Softmax()",
        .example(
          units: [16, 4], activations: ["relu", "linear"], loss: "sparse_categorical_crossentropy",
          y: .classes([0, 1, 2, 3])
        ) {
          $0.model?.append(LayerFacts(name: "softmax", className: "Softmax", configuration: [:]))
        }),
      .healthy(
        "relu for positive targets", "Dense(1, activation='relu'); y from 0.5 to 4",
        .example(
          units: [16, 1], activations: ["relu", "relu"], loss: "mse",
          y: .spread(from: 0.5, to: 4))),
      .healthy(
        "sigmoid for shares", "Dense(1, activation='sigmoid'); loss='mse'; y from 0 to 1",
        .example(
          units: [16, 1], activations: ["relu", "sigmoid"], loss: "mse",
          y: .spread(from: 0, to: 1))),
      .healthy(
        "tanh for targets within −1 and 1", "Dense(1, activation='tanh'); loss='mse'",
        .example(
          units: [16, 1], activations: ["relu", "tanh"], loss: "mse",
          y: .spread(from: -0.9, to: 0.9))),
      .healthy(
        "relu for targets with a little noise below 0", "Dense(1, activation='relu'); loss='mae'",
        .example(
          units: [16, 1], activations: ["relu", "relu"], loss: "mae",
          y: .spread(from: -0.01, to: 3))),
    ]
  }
}
