import CaseFile
import JSON

/// Labels outside what the loss allows.
struct LabelRange: Cause {
  let id = "label-range"
  let title = "labels outside what the loss allows"
  let needs: [Need] = [.model, .labels]
  let explanation = """
    A cross-entropy reads its targets as probabilities or as numbers of classes. Targets beyond \
    [0, 1] make binary cross-entropy negative and without a lower end: the "loss" falls for ever \
    and nothing is learned. Class numbers that start at 1, that are negative, or that have gaps \
    point past the output units: TensorFlow stops with an error, JAX trains on rows of zeros \
    without a word. Recognised from the smallest and largest label, whether they are whole, and \
    how many there are, against the loss and the output units. Cured by re-mapping the labels.
    """

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let reading = ContractReading(facts) else { return log(facts) }
    guard let targets = reading.targets, let target = reading.target else {
      return lacking(.labels)
    }
    if target == .text {
      return found(
        "the labels are texts, which no loss can compare with numbers",
        Remedy(edits: [Edit(target: "data.y.map", to: ["codes": true])]), targets)
    }
    let problem: String?
    switch reading.loss.family {
    case .sparse: problem = sparseProblem(reading, targets)
    case .binary: problem = binaryProblem(reading, target, targets)
    default:
      return .ruledOut("\(reading.loss.name) sets no bounds on the targets that a rule could check")
    }
    guard let problem else {
      return .ruledOut(
        "the labels lie within \(figure(targets.overall.minimum))…\(figure(targets.overall.maximum)),"
          + " which \(reading.loss.name) with \(reading.head.units ?? 0) output units allows")
    }
    return found(problem, remedy(reading, targets), targets)
  }

  /// What a log alone shows: a cross-entropy below 0 beside an accuracy that is no accident.
  private func log(_ facts: CaseFile) -> Examination {
    guard facts.compilation == nil, let mark = LogFingerprint(facts),
      case .negativeOfClasses(let loss) = mark
    else { return lacking(.model) }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.suspected, isProven: false, summary: mark.text,
        evidence: [Evidence("lowest loss \(figure(loss))", value: loss, basis: .log)],
        advice: "look at the smallest and largest label; two classes are 0 and 1, not -1 and 1"))
  }

  /// Class numbers that point past the units although there are enough units.
  private func sparseProblem(_ reading: ContractReading, _ targets: ArrayFacts) -> String? {
    guard targets.isIntegral, let units = reading.head.units, units > 1 else { return nil }
    let labels = targets.distinct.map(\.value).filter {
      reading.loss.ignoredClass.map(Double.init) != $0
    }
    guard let low = labels.first, let high = labels.last else { return nil }
    guard low < 0 || high >= Double(units), labels.count <= units else { return nil }
    return
      "the labels run from \(figure(low)) to \(figure(high)), but \(units) output units stand for"
      + " the classes 0…\(units - 1)"
  }

  /// Targets of a binary cross-entropy that are no probabilities, though they name two classes or
  /// grey levels.
  private func binaryProblem(
    _ reading: ContractReading, _ target: TargetReading, _ targets: ArrayFacts
  ) -> String? {
    let isImage = targets.shape.count > 2
    let all = targets.overall
    guard !reading.areProbabilities else { return nil }
    let isScaled = isImage && all.minimum >= 0
    guard targets.distinct.count == 2 || isScaled else { return nil }
    return "the labels run from \(figure(all.minimum)) to \(figure(all.maximum)), but binary"
      + " cross-entropy compares probabilities between 0 and 1"
  }

  private func remedy(_ reading: ContractReading, _ targets: ArrayFacts) -> Remedy? {
    let all = targets.overall
    if reading.loss.family == .binary, targets.shape.count > 2 || reading.columns > 1 {
      let map: JSONValue =
        all.minimum == 0
        ? ["divide": .double(all.maximum)]
        : ["subtract": .double(all.minimum), "divide": .double(all.maximum - all.minimum)]
      return Remedy(edits: [Edit(target: "data.y.map", to: map)])
    }
    let labels = targets.distinct.map(\.value)
    if reading.loss.family == .sparse, let low = labels.first, let high = labels.last {
      let isDense = Int(high - low) + 1 == labels.count
      let map: JSONValue = isDense ? ["subtract": .double(low)] : ["codes": true]
      return Remedy(edits: [Edit(target: "data.y.map", to: map)])
    }
    return Contract(reading)?.remedy(reading)
  }

  private func found(_ summary: String, _ remedy: Remedy?, _ targets: ArrayFacts) -> Examination {
    .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.settled, isProven: true, summary: summary,
        evidence: [
          Evidence(
            "smallest label \(figure(targets.overall.minimum)), largest"
              + " \(figure(targets.overall.maximum)), \(targets.distinct.count) distinct values",
            sample: "all \(targets.rows) rows")
        ], remedy: remedy))
  }

  @_optimize(none) var examples: [Example] {
    [
      .sick(
        "classes counted from 1", "y = np.array([1, 2, 3, …]); Dense(3, activation='softmax')",
        .example(
          units: [16, 3], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([1, 2, 3]))),
      .sick(
        "−1 and 1 under binary cross-entropy",
        "y = np.where(up, 1, -1); loss='binary_crossentropy'",
        .example(
          units: [16, 1], activations: ["relu", "sigmoid"], loss: "binary_crossentropy",
          y: .classes([-1, 1]))),
      .sick(
        "a log alone: a negative loss although rows are told right",
        "accuracy: 0.45 … 0.31 - loss: 0.68 … -3.34",
        .logAlone(["loss": [0.68, 0.5, -3.34], "accuracy": [0.45, 0.39, 0.31]])),
      .healthy(
        "classes counted from 0", "y in {0, 1, 2}; Dense(3, activation='softmax')",
        .example(
          units: [16, 3], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2]))),
      .healthy(
        "more units than classes is only waste", "y in {0, 1, 2}; Dense(10, activation='softmax')",
        .example(
          units: [16, 10], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2]))),
      .healthy(
        "soft labels are probabilities too", "y between 0.05 and 0.95; loss='binary_crossentropy'",
        .example(
          units: [16, 1], activations: ["relu", "sigmoid"], loss: "binary_crossentropy",
          y: .spread(from: 0.05, to: 0.95))),
    ]
  }
}
