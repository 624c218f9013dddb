import CaseFile
import JSON

/// Validation data on another scale than the training data.
struct ValidationMismatch: Cause {
  let id = "validation-mismatch"
  let title = "validation data preprocessed differently"
  let needs: [Need] = [.features, .validation]
  let explanation = """
    If the training images were divided by 255 and the validation images were not, or only the training \
    rows were standardised, the training loss falls and the validation loss is absurd from the first \
    epoch on. Recognised by comparing spread and range of the features of both parts. A shift by a \
    fraction of the spread, as between seasons, is another matter and is left alone. Cured by the same \
    preprocessing for both.
    """

  /// Two samples of one population differ in spread by less than this factor even when they are small
  /// and heavy-tailed; forgotten preprocessing makes factors of ten and more.
  static let spreadRatio = 5.0
  /// Where the typical column's mean moves by this many deviations of the training rows, the typical
  /// validation row lies where only one training row in twenty does.
  static let shiftedDeviations = 2.0
  /// A trend moves the mean and keeps the spread; other preprocessing changes both.
  static let shiftedSpread = 1.5
  /// Training rows that were held out are predicted right more often than validation rows by this
  /// share: classes that are harder in one sample than in another differ by less.
  static let agreementGap = 0.2
  /// And by so many standard deviations of the difference.
  static let significance = 5.0
  /// So few rows tell nothing of a population.
  static let minimumRows = 10

  /// A validation loss that is this many times the first epoch's training loss, in every epoch, was never
  /// learned and then lost: one epoch is too short for learning by heart, and its training loss is a mean
  /// that begins with untrained weights.
  static let farFromTheStart = 2.0

  func examine(_ facts: CaseFile) -> Examination {
    if facts.model == nil, facts.data == nil, let log = log(facts) { return .found(log) }
    let scale = examineScale(facts)
    if case .found = scale { return scale }
    return strangers(facts).map { .found($0) } ?? scale
  }

  /// Whether the validation loss is far above the training loss from the first epoch to the last.
  static func isFarFromTheStart(_ facts: CaseFile) -> Bool {
    let history = facts.recorded?.history ?? [:]
    guard let losses = history["loss"], let validation = history["val_loss"],
      losses.count == validation.count, losses.count >= 3, let first = losses.first,
      let last = losses.last, first > 0, last < first, (losses + validation).allSatisfy(\.isFinite)
    else { return false }
    return validation.allSatisfy { $0 > farFromTheStart * first }
  }

  /// What a log alone shows.
  private func log(_ facts: CaseFile) -> CauseFinding? {
    guard ValidationMismatch.isFarFromTheStart(facts), let history = facts.recorded?.history,
      let first = history["loss"]?.first, let lowest = history["val_loss"]?.min()
    else { return nil }
    return CauseFinding(
      id: id, confidence: RuleConfidence.suspected, isProven: false,
      summary: "the validation loss is never below \(figure(lowest)), the training loss is"
        + " \(figure(first)) in the first epoch already: the validation rows seem to be of another kind",
      evidence: [
        Evidence(
          "lowest validation loss against the first training loss", value: lowest / first,
          basis: .log)
      ], advice: "compare means and ranges of both sets, and how their labels are numbered")
  }

  /// Validation rows that are predicted far worse than training rows which were held out as well: the
  /// same model, trained on other rows, tells both apart, so they do not come from one population.
  private func strangers(_ facts: CaseFile) -> CauseFinding? {
    guard let audit = facts.measurements?.labelAudit, let heldOut = audit.heldOutAgreement,
      let training = facts.data?.features.first?.rows,
      let validation = facts.data?.validationFeatures.first?.rows,
      training >= ValidationMismatch.minimumRows, validation >= ValidationMismatch.minimumRows
    else { return nil }
    let gap = audit.agreement - heldOut
    let pooled =
      (audit.agreement * Double(training) + heldOut * Double(validation))
      / Double(training + validation)
    let spread =
      (pooled * (1 - pooled) * (1 / Double(training) + 1 / Double(validation))).squareRoot()
    guard gap > ValidationMismatch.agreementGap, gap > ValidationMismatch.significance * spread
    else { return nil }
    return CauseFinding(
      id: id, confidence: RuleConfidence.inferred, isProven: false,
      summary: "the model predicts \(percentage(audit.agreement)) of training rows that it has not"
        + " seen, but \(percentage(heldOut)) of the validation rows",
      evidence: [
        Evidence(
          "difference between training rows out of fold and validation rows", value: gap,
          basis: .trial, sample: "\(audit.folds) folds, \(training) and \(validation) rows")
      ] + distances(facts),
      advice: "compare how rows and labels of both parts were made: columns in the same order, the"
        + " same preprocessing, the same classes under the same numbers")
  }

  /// Column by column, whether both sets of rows may come from one population.
  private func distances(_ facts: CaseFile) -> [Evidence] {
    guard let samples = facts.data?.samples else { return [] }
    return [
      Evidence(
        "Kolmogorov and Smirnov's test: \(samples.differing) of \(samples.columns) columns differ beyond"
          + " chance, column \(samples.farthest) most, by \(figure(samples.distance))",
        value: samples.distance)
    ]
  }

  private func examineScale(_ facts: CaseFile) -> Examination {
    guard let training = facts.data?.features.first else { return lacking(.features) }
    guard let validation = facts.data?.validationFeatures.first else {
      if let fit = facts.fit, fit.validationSplit > 0 {
        return .ruledOut("the validation rows are split off the same array")
      }
      return lacking(.validation)
    }
    let (old, new) = (training.overall, validation.overall)
    guard training.rows >= ValidationMismatch.minimumRows,
      validation.rows >= ValidationMismatch.minimumRows, old.standardDeviation > 0,
      new.standardDeviation > 0
    else { return .ruledOut("too few rows, or none that vary, to compare") }
    let ratio = typicalRatio(training, validation)
    if let shift = typicalShift(training, validation) {
      return .found(
        CauseFinding(
          id: id, confidence: RuleConfidence.settled, isProven: true,
          summary:
            "the validation features lie \(figure(shift)) deviations of the training features"
            + " away, and are spread otherwise",
          evidence: [
            Evidence(
              "distance of the typical column's means in deviations of the training rows",
              value: shift,
              sample: "\(training.rows) and \(validation.rows) rows")
          ], remedy: Remedy(edits: [Edit(target: "data.x_val.map", to: ["match": "training"])])))
    }
    guard ratio > ValidationMismatch.spreadRatio || ratio < 1 / ValidationMismatch.spreadRatio
    else {
      return .ruledOut(
        "the features' spread is \(figure(old.standardDeviation)) in training and"
          + " \(figure(new.standardDeviation)) in validation")
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.settled, isProven: true,
        summary: "the validation features spread \(figure(ratio)) times as wide as the training"
          + " features",
        evidence: [
          Evidence(
            "training features from \(figure(old.minimum)) to \(figure(old.maximum)), validation"
              + " features from \(figure(new.minimum)) to \(figure(new.maximum))", value: ratio,
            sample: "\(training.rows) and \(validation.rows) rows")
        ], remedy: remedy(old, new)))
  }

  /// By how many deviations of the training rows the typical column's mean is moved; `nil` where it
  /// stays, or where the spread stays as it would under a trend.
  private func typicalShift(_ training: ArrayFacts, _ validation: ArrayFacts) -> Double? {
    let pairs = zip(training.columns, validation.columns).filter {
      $0.standardDeviation > 0 && $1.standardDeviation > 0
    }
    guard pairs.count > 1 else { return nil }
    let shifts = pairs.map { abs($1.mean - $0.mean) / $0.standardDeviation }.sorted()
    let spreads = pairs.map { old, new in
      max(
        new.standardDeviation / old.standardDeviation,
        old.standardDeviation / new.standardDeviation)
    }.sorted()
    let shift = shifts[shifts.count / 2]
    return shift > Self.shiftedDeviations && spreads[spreads.count / 2] > Self.shiftedSpread
      ? shift : nil
  }

  /// The median over the columns of validation spread against training spread: a single column with
  /// a heavy tail does not count.
  private func typicalRatio(_ training: ArrayFacts, _ validation: ArrayFacts) -> Double {
    let ratios = zip(training.columns, validation.columns).compactMap { old, new in
      old.standardDeviation > 0 && new.standardDeviation > 0
        ? new.standardDeviation / old.standardDeviation : nil
    }.sorted()
    guard ratios.isEmpty else { return ratios[ratios.count / 2] }
    return validation.overall.standardDeviation / training.overall.standardDeviation
  }

  /// Ranges that start at 0 differ by a plain factor; else mean and spread are brought to the
  /// training rows'.
  private func remedy(_ old: Statistics, _ new: Statistics) -> Remedy {
    let isFactor = old.minimum == 0 && new.minimum == 0
    let edit: JSONValue =
      isFactor
      ? ["divide": .double((new.maximum / old.maximum * 100).rounded() / 100)]
      : ["match": "training"]
    return Remedy(edits: [Edit(target: "data.x_val.map", to: edit)])
  }

  @_optimize(none) var examples: [Example] {
    func pair(_ high: Double, from low: Double = 0) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2]), x: .spread(columns: 4, from: 0, to: 1)
      ) { facts in
        facts.data?.validationFeatures = [.spread(rows: 50, columns: 4, from: low, to: high)]
      }
    }
    func predicted(_ heldOut: Double) -> CaseFile {
      var facts = pair(1)
      var measurements = Measurements()
      measurements.labelAudit = LabelAudit(
        suspects: [], share: 0.02, agreement: 0.95, heldOutAgreement: heldOut, folds: 4)
      facts.measurements = measurements
      return facts
    }
    var printed = CaseFile()
    printed.recorded = RecordedRun(
      status: .finished,
      history: ["loss": [1.05, 0.6, 0.3, 0.13], "val_loss": [6.0, 5.1, 8.4, 10.8]])
    return [
      .sick(
        "a log whose validation loss is absurd from the start",
        "loss: 1.05 … 0.13 - val_loss: 6.0 … 10.8", printed),
      .sick(
        "the columns of the validation rows stand in another order", "x_val = x_val[:, ::-1]",
        predicted(0.4)),
      .healthy("validation rows a little harder", "another season", predicted(0.88)),
      .sick("forgotten / 255", "x_train / 255, x_test as it is", pair(255)),
      .sick(
        "only the training rows are brought to unit scale", "x_val as it was measured",
        pair(13, from: 10)),
      .healthy("a trend that goes on", "x_val = x_train + 3", pair(4, from: 3)),
      .healthy("the same scale", "x_train / 255, x_test / 255", pair(1)),
      .healthy("a season that runs somewhat higher", "x_val up to twice x_train", pair(2)),
    ]
  }
}
