import CaseFile
import JSON

/// Sorted rows that are split or trained in their order.
struct OrderedData: Cause {
  let id = "ordered-data"
  let title = "sorted rows, split or trained in their order"
  let needs: [Need] = [.labels]
  let explanation = """
    validation_split takes the last rows as they stand, before any shuffling. If the rows are sorted by \
    class the model is trained on some classes and judged by others: the training loss falls, the \
    validation loss rises from the first epoch, val_accuracy is near 0. With shuffle=False sorted rows \
    make each batch a single class, and the model forgets the others by turns. Recognised from the \
    classes of the last rows against the rest. Measurements in the order of time are healthy: the past \
    must not learn from the future. Cured by shuffling before the split.
    """

  /// The split is accused when the class shares of its two parts differ by this much in total
  /// variation; random splits of a few dozen rows stay below a third of it.
  static let differingShare = 0.5
  /// With at most this many runs of equal labels a class, rows count as sorted.
  static let runsPerClass = 2

  func examine(_ facts: CaseFile) -> Examination {
    guard let targets = facts.data?.targets, let fit = facts.fit else { return log(facts) }
    if targets.unknown?.contains(.order) ?? false { return lacking(.labels) }
    guard let classes = TargetReading(targets).classCount, !targets.runs.isEmpty,
      targets.shape.count == 1 || targets.rowLength == 1
    else { return .ruledOut("the labels are no classes, or change from row to row") }
    if fit.validationSplit > 0 {
      let boundary = Int((Double(targets.rows) * (1 - fit.validationSplit)).rounded(.down))
      let distance = tailDistance(targets.runs, boundary: boundary, rows: targets.rows)
      if distance > OrderedData.differingShare {
        return found(
          "validation_split=\(figure(fit.validationSplit)) takes the last rows of sorted data: their"
            + " classes differ from the others by \(percentage(distance))",
          Evidence(
            "total variation between the class shares of the last \(targets.rows - boundary) rows"
              + " and the others", value: distance, sample: "all \(targets.rows) rows"))
      }
    }
    if !fit.shuffle, targets.runs.count <= OrderedData.runsPerClass * classes,
      targets.rows > 2 * fit.batchSize
    {
      return found(
        "shuffle=False on rows that are sorted by class",
        Evidence(
          "\(targets.runs.count) runs of equal labels for \(classes) classes",
          value: Double(targets.runs.count), sample: "all \(targets.rows) rows"))
    }
    return .ruledOut("the rows are mixed, or shuffled before they are split")
  }

  /// What a log alone shows: no validation row is ever right while training rows are.
  private func log(_ facts: CaseFile) -> Examination {
    let history = facts.recorded?.history ?? [:]
    let name = LogFingerprint.accuracyName(history)
    guard facts.data?.targets == nil, let name, let training = history[name]?.last,
      let validation = history["val_" + name], validation.count >= OrderedData.zeroEpochs,
      training > OrderedData.learnedAccuracy
    else { return lacking(.labels) }
    if validation.allSatisfy({ $0 == 0 }) {
      return inLog(
        "val_\(name) is exactly 0 in all \(validation.count) epochs while \(name) is"
          + " \(figure(training)): the validation rows are of classes that are not trained on",
        Evidence("val_\(name)", value: 0, basis: .log), RuleConfidence.inferred)
    }
    guard facts.model == nil, let last = validation.last else { return lacking(.labels) }
    // All validation rows right before anything was learned, and most of them wrong afterwards: they are
    // of one class, which the first weights happened to favour.
    if let first = history[name]?.first, validation[0] == 1,
      first < OrderedData.chanceAccuracy, last < OrderedData.chanceAccuracy
    {
      return inLog(
        "val_\(name) falls from exactly 1 to \(figure(last)) while \(name) rises to"
          + " \(figure(training)): the validation rows seem to be of one class",
        Evidence("first val_\(name)", value: 1, basis: .log), RuleConfidence.suspected)
    }
    if OrderedData.isFarBelowTheStart(facts) {
      return inLog(
        "val_\(name) ends at \(figure(last)) while \(name) rises to \(figure(training)), and training"
          + " rows were told better in the first epoch already: the validation rows seem to be of"
          + " classes that are not trained on",
        Evidence("last val_\(name)", value: last, basis: .log), RuleConfidence.suspected)
    }
    return lacking(.labels)
  }

  private func inLog(
    _ summary: String, _ evidence: Evidence, _ confidence: Double
  ) -> Examination {
    .found(
      CauseFinding(
        id: id, confidence: confidence, isProven: false, summary: summary, evidence: [evidence],
        remedy: Remedy(edits: [Edit(target: "data.shuffle", from: false, to: true)])))
  }

  /// Whether a log shows validation rows that are right far less often, in the second half of the epochs,
  /// than the training rows were in the first epoch, in which each of them was seen once and none could be
  /// learned by heart. exp(−loss) is the geometric mean of the probability that the model gave to the right
  /// class; for a model that guesses it is chance, so that rows learned by heart do not push others below.
  static func isFarBelowTheStart(_ facts: CaseFile) -> Bool {
    let history = facts.recorded?.history ?? [:]
    guard let name = LogFingerprint.accuracyName(history), let training = history[name]?.last,
      let validation = history["val_" + name], validation.count >= zeroEpochs,
      let first = history["loss"]?.first, first > largestMeanSquare,
      training > learnedAccuracy
    else { return false }
    return validation.suffix((validation.count + 1) / 2)
      .allSatisfy { $0 < shareOfTheStart * exponential(-first) }
  }

  /// Squared errors of probabilities stay below this, so a larger first loss is a cross-entropy.
  private static let largestMeanSquare = 0.5
  /// Less than this share of what the first epoch gave the right class.
  private static let shareOfTheStart = 0.5
  /// So many epochs at exactly 0 are no chance.
  static let zeroEpochs = 3
  /// A training accuracy above this was learned; regressions that count accuracy have it near 0.
  static let learnedAccuracy = 0.6
  /// Below this most rows are wrong.
  static let chanceAccuracy = 0.5

  /// Half the sum of the differences between the class shares of the last rows and the others.
  private func tailDistance(
    _ runs: [ArrayFacts.ValueCount], boundary: Int, rows: Int
  ) -> Double {
    var (head, tail) = ([Double: Int](), [Double: Int]())
    var start = 0
    for run in runs {
      let before = max(0, min(run.count, boundary - start))
      head[run.value, default: 0] += before
      tail[run.value, default: 0] += run.count - before
      start += run.count
    }
    guard boundary > 0, rows > boundary else { return 0 }
    let differences = Set(head.keys).union(tail.keys).sorted().map { label in
      abs(
        Double(head[label] ?? 0) / Double(boundary)
          - Double(tail[label] ?? 0) / Double(rows - boundary))
    }
    return differences.reduce(0, +) / 2
  }

  private func found(_ summary: String, _ evidence: Evidence) -> Examination {
    .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.settled, isProven: true, summary: summary,
        evidence: [evidence],
        remedy: Remedy(edits: [Edit(target: "data.shuffle", from: false, to: true)])))
  }

  @_optimize(none) var examples: [Example] {
    func rows(_ labels: [Double], split: Double, shuffle: Bool = true) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: ArrayFacts(example: labels)
      ) { facts in
        facts.fit = FitFacts(epochs: 20, validationSplit: split, shuffle: shuffle)
      }
    }
    let sorted = (0..<150).map { Double($0 / 50) }
    let mixed = (0..<150).map { Double($0 * 7 % 3) }
    return [
      .sick(
        "the last class is never trained on", "validation_split=0.3  # y sorted",
        rows(sorted, split: 0.3)),
      .sick(
        "sorted and not shuffled", "model.fit(x, y, shuffle=False)  # y sorted",
        rows(sorted, split: 0, shuffle: false)),
      .sick(
        "a log alone: validation rows are right far less often than training rows were at the start",
        "loss: 0.67 … 0.001 - val_accuracy: 0.56, 0.30, 0.11, 0.11",
        .logAlone([
          "loss": [0.67, 0.31, 0.15, 0.001], "accuracy": [0.75, 0.94, 0.98, 1],
          "val_loss": [0.99, 1.4, 1.8, 3.4], "val_accuracy": [0.56, 0.30, 0.11, 0.11],
        ])),
      .healthy(
        "a log alone: rows learned by heart, others right by chance",
        "loss: 2.31 … 0.01 - val_accuracy: 0.10, 0.11, 0.09, 0.10",
        .logAlone([
          "loss": [2.31, 1.2, 0.3, 0.01], "accuracy": [0.11, 0.6, 0.95, 1],
          "val_loss": [2.32, 2.9, 4.1, 5.2], "val_accuracy": [0.10, 0.11, 0.09, 0.10],
        ])),
      .healthy(
        "a log alone: few of ten classes right under squared errors",
        "loss: 0.08 … 0.01 - val_accuracy: 0.30",
        .logAlone([
          "loss": [0.08, 0.04, 0.02, 0.01], "accuracy": [0.4, 0.7, 0.9, 0.97],
          "val_loss": [0.09, 0.1, 0.1, 0.11], "val_accuracy": [0.30, 0.31, 0.30, 0.30],
        ])),
      .healthy("mixed rows", "validation_split=0.3", rows(mixed, split: 0.3)),
      .healthy(
        "sorted, but shuffled every epoch and not split", "model.fit(x, y)",
        rows(sorted, split: 0)),
    ]
  }
}
