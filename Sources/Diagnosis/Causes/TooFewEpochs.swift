import CaseFile
import JSON

/// A run that ends while its loss is still falling.
struct TooFewEpochs: Cause {
  let id = "too-few-epochs"
  let title = "the run ends while the loss still falls"
  let needs: [Need] = [.model, .log, .trials]
  let explanation = """
    Five epochs of eight batches are forty steps: with a rate that is right, the loss has hardly left its \
    start. The curve still falls in its last epochs as fast as in those before, and nothing is wrong with \
    the model. Recognised from the slope at the end against what is left to gain; proven by a trial in \
    which more epochs alone lower the training loss and the loss of held-out rows by far. A run that has \
    learned most of its targets and could be polished is healthy, and so is a curve that has levelled \
    out: more epochs then change nothing.
    """

  /// The loss still falls if its last quarter lies below the quarter before by this share of what is
  /// left above the floor: at that pace a run twice as long is another one.
  static let fallingShare = 0.03
  /// A run shorter than this many steps is short for any optimizer: Adam's moments need about a
  /// thousand, and moves each weight by at most the rate a step.
  static let fewSteps = 300
  /// A run that explains this share has done its work; what longer runs add is polish.
  static let learnedShare = 0.8

  func examine(_ facts: CaseFile) -> Examination {
    guard let compilation = facts.compilation, facts.model != nil else { return lacking(.model) }
    let history = facts.measurements?.baseline.first?.history ?? facts.recorded?.history ?? [:]
    let losses = history["loss"] ?? []
    guard !losses.isEmpty else { return lacking(.log, .trials) }
    guard let fit = facts.fit, losses.allSatisfy(\.isFinite) else {
      return facts.fit == nil ? lacking(.log) : .ruledOut("the loss is not finite")
    }
    let health = RunHealth(facts)
    if let skill = health?.skill, skill > TooFewEpochs.learnedShare {
      return .ruledOut("the run explains \(figure(skill)) of its targets in \(losses.count) epochs")
    }
    let floor = ContractReading(facts).flatMap(TrivialLoss.init)?.floor ?? 0
    let pace = TooFewEpochs.pace(losses, floor: floor)
    let steps = TooFewEpochs.steps(facts, epochs: losses.count)
    let isShort = steps.map { $0 < TooFewEpochs.fewSteps } ?? false
    guard pace > TooFewEpochs.fallingShare || (losses.count < 4 && isShort) else {
      return .ruledOut(
        "the loss has levelled out: its last quarter lies \(figure(max(pace, 0))) of what is left"
          + " below the quarter before")
    }
    // A run of usual length that slows down as it should is a matter of degree; one that has only just
    // begun to fall is not.
    let earlier = TooFewEpochs.pace(losses.dropLast(max(1, losses.count / 4)), floor: floor)
    let isSlackening = pace < earlier
    let isStandardRate = TooFewEpochs.isStandard(compilation)
    var evidence = [
      Evidence(
        "the last quarter of the curve lies \(figure(pace)) of what is left below the quarter before",
        value: pace, basis: facts.measurements == nil ? .log : .trial,
        sample: "\(losses.count) epochs")
    ]
    if let steps { evidence.append(Evidence("steps of the optimizer", value: Double(steps))) }
    return .suspected(
      Suspicion(
        prior: isStandardRate && isShort ? 0.5 : isStandardRate && !isSlackening ? 0.4 : 0.3,
        summary: "the loss still falls when the run ends after \(losses.count) epochs"
          + (steps.map { " (\($0) steps)" } ?? ""),
        evidence: evidence,
        remedies: TooFewEpochs.factors.map { factor in
          Remedy(edits: [
            Edit(
              target: "fit.epochs", from: .int(fit.epochs),
              to: .int(fit.initialEpoch + (fit.epochs - fit.initialEpoch) * factor))
          ])
        }))
  }

  /// How many times as long the runs are that are tried.
  private static let factors = [4, 15]

  /// By how much of what is left above the floor the mean of the last quarter lies below the mean of
  /// the quarter before: means, because single epochs are noisy.
  private static func pace(_ losses: some BidirectionalCollection<Double>, floor: Double) -> Double
  {
    guard losses.count >= 2 else { return 0 }
    let size = max(1, losses.count / 4)
    let last = losses.suffix(size).reduce(0, +) / Double(size)
    let before = losses.dropLast(size).suffix(size)
    let mean = before.reduce(0, +) / Double(before.count)
    let left = last - floor
    return left > 0 ? (mean - last) / left : 0
  }

  /// How many steps the optimizer takes in a number of epochs.
  static func steps(_ facts: CaseFile, epochs: Int) -> Int? {
    guard let fit = facts.fit, let features = facts.data?.features.first, features.rows > 0,
      !(features.unknown?.contains(.rows) ?? false)
    else { return nil }
    let rows = features.rows
    let training = Double(rows) * (1 - fit.validationSplit)
    return epochs * max(1, Int((training / Double(max(1, fit.batchSize))).rounded(.up)))
  }

  /// Whether the rate is one that is usual for the optimizer: with a rate far below it is the rate that
  /// is to blame, not the length of the run.
  private static func isStandard(_ compilation: CompileFacts) -> Bool {
    guard let rate = compilation.optimizerConfiguration["learning_rate"]?.double else {
      return true
    }
    switch compilation.optimizer {
    case "SGD": return rate >= 0.005
    case "Adadelta", "Adagrad", "Ftrl": return rate >= 0.1
    default: return rate >= 0.0005
    }
  }

  @_optimize(none) var examples: [Example] {
    func run(_ losses: [Double]) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2]), history: ["loss": losses])
    }
    return [
      .sick(
        "the loss still falls", "loss: 1.2, 1.15, 1.09, 1.04, 0.98",
        run([1.2, 1.15, 1.09, 1.04, 0.98])),
      .healthy(
        "the loss has levelled out", "loss: 1.2, 0.8, 0.62, 0.601, 0.60, 0.599, 0.6, 0.598",
        run([1.2, 0.8, 0.62, 0.601, 0.60, 0.599, 0.6, 0.598])),
      .healthy("the work is done", "loss: 1.1, 0.5, 0.2, 0.12", run([1.1, 0.5, 0.2, 0.12])),
    ]
  }
}
