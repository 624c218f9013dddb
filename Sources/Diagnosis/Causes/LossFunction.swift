import CaseFile
import JSON

/// A loss that does not fit the task or the encoding of the labels.
struct LossFunction: Cause {
  let id = "loss-function"
  let title = "the loss does not fit the labels"
  let needs: [Need] = [.model, .labels]
  let explanation = """
    Every loss reads its targets in one way: categorical cross-entropy as one distribution a row, \
    the sparse one as the number of the class, binary cross-entropy as independent probabilities, \
    mean squared error as measurements, Poisson as counts. Given anything else it stops with an \
    error, or, worse, computes a number that means nothing: negative cross-entropies, a loss that \
    is exactly 0, a loss that is low while nothing is learned. Recognised by comparing the loss \
    with the labels. Cured by the loss that fits, with the head that belongs to it.
    """

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let reading = ContractReading(facts) else { return bareLog(facts) }
    guard let target = reading.target else { return log(reading, facts) }
    if let problem = problem(reading, target) {
      let remedy = Contract(reading)?.remedy(reading)
      return .found(
        CauseFinding(
          id: id, confidence: RuleConfidence.settled, isProven: true, summary: problem,
          evidence: [Evidence("loss \(reading.loss.name), targets: \(describe(target))")],
          remedy: remedy))
    }
    if let suspicion = suspicion(reading, target) { return .suspected(suspicion) }
    return .ruledOut("\(reading.loss.name) fits the targets: \(describe(target))")
  }

  /// What a log shows without the labels: −Σ y ln p is never negative while y lies in [0, 1].
  private func log(_ reading: ContractReading, _ facts: CaseFile) -> Examination {
    let lowest = facts.recorded?.history["loss"]?.filter(\.isFinite).min() ?? 0
    guard reading.loss.isCrossentropy, lowest < LogFingerprint.negativeLoss else {
      return lacking(.labels)
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.inferred, isProven: false,
        summary: "\(reading.loss.name) is negative, so the targets lie outside [0, 1]",
        evidence: [Evidence("lowest loss \(figure(lowest))", value: lowest, basis: .log)],
        advice: "measurements need loss='mse' and a linear output; class labels need re-mapping"))
  }

  /// What a log alone shows: a loss beside which accuracy is counted is a cross-entropy in nearly all
  /// programs, and a cross-entropy is negative only if labels lie outside [0, 1].
  private func bareLog(_ facts: CaseFile) -> Examination {
    let history = facts.recorded?.history ?? [:]
    let lowest = history["loss"]?.filter(\.isFinite).min() ?? 0
    guard facts.compilation == nil, LogFingerprint.accuracyName(history) != nil,
      lowest < LogFingerprint.negativeLoss
    else { return lacking(.model) }
    if case .negativeOfClasses = LogFingerprint(facts) { return lacking(.model, .labels) }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.suspected, isProven: false,
        summary:
          "a loss of \(figure(lowest)) beside an accuracy: a cross-entropy is negative only if"
          + " targets lie outside [0, 1]",
        evidence: [Evidence("lowest loss \(figure(lowest))", value: lowest, basis: .log)],
        advice: "look at the smallest and largest label; measurements need loss='mse'"))
  }

  /// What is wrong for certain.
  private func problem(_ reading: ContractReading, _ target: TargetReading) -> String? {
    let loss = reading.loss.name
    let units = reading.head.units ?? 1
    switch (reading.loss.family, target) {
    case (.sparse, .oneHot(let columns)), (.sparse, .multiHot(let columns)),
      (.sparse, .distribution(let columns)):
      return "\(loss) expects the number of the class, but the targets have \(columns) columns"
    case (.sparse, .real) where !(reading.targets?.isIntegral ?? true):
      return "\(loss) expects the number of the class, but the targets are measurements"
    case (.categorical, .classes), (.categorical, .binary):
      // With one unit and many classes the units are what is wrong, see `output-units`.
      if units == 1, target == .binary, !reading.head.isSoftmax {
        return "\(loss) over a single output unit is always 0"
      }
      guard units > 1, !reading.hasUnitAxis || reading.columns == 1 else { return nil }
      return "\(loss) expects one column a class, but the targets are the numbers of the classes"
    case (.categorical, .multiHot(let columns)):
      return "\(loss) expects one class a row, but rows of the targets mark several of \(columns)"
    case (.categorical, .real), (.binary, .real):
      return measured(reading)
    case (.binary, .classes), (.binary, .twoValued), (.binary, .binary):
      guard units > 1, !reading.hasUnitAxis else { return nil }
      return "\(loss) compares each output with a probability of its own, but the targets are the"
        + " numbers of the classes"
    case (.regression, .classes), (.regression, .binary):
      guard units > 1, reading.head.isSoftmax, !reading.hasUnitAxis else { return nil }
      return "\(loss) compares \(units) probabilities with the number of the class"
    case (.regression, _) where loss == "poisson" || loss == "mean_squared_logarithmic_error":
      guard let low = reading.targets?.overall.minimum, low < 0 else { return nil }
      return "\(loss) is for counts and amounts, but the targets go down to \(figure(low))"
    default:
      return nil
    }
  }

  /// Cross-entropy on targets that are no probabilities.
  private func measured(_ reading: ContractReading) -> String? {
    guard let targets = reading.targets else { return nil }
    let all = targets.overall
    // Grey levels of images are probabilities that were scaled: `label-range`.
    let isImage = targets.shape.count > 2 && all.minimum >= 0
    guard !reading.areProbabilities, !isImage else { return nil }
    return "\(reading.loss.name) compares probabilities, but the targets are measurements from"
      + " \(figure(all.minimum)) to \(figure(all.maximum))"
  }

  /// Losses that often train well all the same, so that only a trial can accuse them.
  private func suspicion(_ reading: ContractReading, _ target: TargetReading) -> Suspicion? {
    let isClassification: Bool
    switch target {
    case .binary, .classes: isClassification = reading.countsAccuracy || reading.head.isProbability
    case .oneHot: isClassification = true
    default: isClassification = false
    }
    let isBinaryOnSoftmax =
      reading.loss.family == .binary && reading.head.isSoftmax && (reading.head.units ?? 1) > 1
    guard isClassification, reading.loss.family == .regression || isBinaryOnSoftmax,
      let remedy = Contract(reading)?.remedy(reading)
    else { return nil }
    return Suspicion(
      prior: 0.3,
      summary: "\(reading.loss.name) on classes gives weak gradients where the model is wrong",
      evidence: [Evidence("loss \(reading.loss.name), targets: \(describe(target))")],
      remedies: [remedy])
  }

  private func describe(_ target: TargetReading) -> String {
    switch target {
    case .binary: "two classes, 0 and 1"
    case .twoValued(let low, let high): "two values, \(figure(low)) and \(figure(high))"
    case .classes(let low, let high, let count): "\(count) classes from \(low) to \(high)"
    case .oneHot(let columns): "one-hot rows of \(columns)"
    case .multiHot(let columns): "\(columns) independent labels a row"
    case .distribution(let columns): "distributions over \(columns) classes"
    case .real(let columns): columns == 1 ? "measurements" : "\(columns) measurements a row"
    case .constant(let value): "\(figure(value)) on every row"
    case .text: "texts"
    }
  }

  @_optimize(none) var examples: [Example] {
    [
      .sick(
        "one-hot loss on class numbers", "y = [3, 0, 2, …]; loss='categorical_crossentropy'",
        .example(
          units: [16, 4], activations: ["relu", "softmax"], loss: "categorical_crossentropy",
          y: .classes([0, 1, 2, 3]))),
      .sick(
        "binary cross-entropy on prices", "y = prices; loss='binary_crossentropy'",
        .example(
          units: [16, 1], activations: ["relu", "sigmoid"], loss: "binary_crossentropy",
          y: .spread(from: -40, to: 900))),
      .sick(
        "several labels a row under softmax", "loss='categorical_crossentropy'; y multi-hot",
        .example(
          units: [16, 5], activations: ["relu", "softmax"], loss: "categorical_crossentropy",
          y: .multiHot(5))),
      .healthy(
        "independent labels with binary cross-entropy", "Dense(5, activation='sigmoid')",
        .example(
          units: [16, 5], activations: ["relu", "sigmoid"], loss: "binary_crossentropy",
          y: .multiHot(5))),
      .healthy(
        "soft labels", "y between 0 and 1; loss='binary_crossentropy'",
        .example(
          units: [16, 1], activations: ["relu", "sigmoid"], loss: "binary_crossentropy",
          y: .spread(from: 0, to: 1))),
      .healthy(
        "tags of a sequence, one number a step",
        "y of shape (N, 20), tags 0 and 1; Dense(2, 'softmax')",
        .example(
          units: [16, 2], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .multiHot(20)
        ) { facts in
          guard let last = facts.model?.layers.indices.last else { return }
          facts.model?.layers[last].outputShape = [20, 2]
        }),
      .healthy(
        "probabilities with rounding", "y up to 1.0000001; loss='binary_crossentropy'",
        .example(
          units: [16, 1], activations: ["relu", "sigmoid"], loss: "binary_crossentropy",
          y: .spread(from: -1e-7, to: 1.000_000_1))),
      .healthy(
        "counts as measurements", "y = visits a day, 0…9; loss='mse'",
        .example(
          units: [16, 1], activations: ["relu", "linear"], loss: "mse",
          y: .classes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))),
    ]
  }
}
