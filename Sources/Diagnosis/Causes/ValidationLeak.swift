import CaseFile
import JSON

/// Validation rows that are training rows as well.
struct ValidationLeak: Cause {
  let id = "validation-leak"
  let title = "validation rows are training rows as well"
  let needs: [Need] = [.features, .validation]
  let explanation = """
    A validation loss is worth something because its rows were not learned from. If rows were copied \
    before the split (oversampling, augmentation, windows of one series) or the validation set was cut \
    from the training set without taking it out, the model has seen the answers: the validation loss \
    falls along with the training loss, whatever is wrong. Recognised by comparing the rows. Rows of few \
    whole numbers coincide by chance, and are left alone. Cured by splitting first and copying afterwards.
    """

  /// From this share of seen validation rows on, their loss is that of the training rows.
  static let leakedShare = 0.2
  /// So few validation rows tell nothing.
  static let minimumRows = 10

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let features = facts.data?.features.first else { return lacking(.features) }
    guard let repetition = facts.data?.repetition else { return lacking(.validation) }
    guard repetition.isTraced ?? false || ValidationLeak.isMeasured(features) else {
      return .ruledOut("rows of few different values coincide by chance")
    }
    let (rows, seen) = counts(facts, repetition)
    guard rows > 0 else { return lacking(.validation) }
    let share = Double(seen) / Double(rows)
    guard rows >= ValidationLeak.minimumRows, share >= ValidationLeak.leakedShare else {
      return .ruledOut("\(seen) of \(rows) validation rows are training rows")
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.inferred, isProven: true,
        summary: "\(seen) of \(rows) validation rows are training rows as well",
        evidence: [
          Evidence(
            "share of validation rows with the same features as a training row", value: share,
            sample: "all \(rows) rows")
        ], advice: "split first; copy, oversample or augment the training part only"))
  }

  /// How many validation rows there are, and how many of them are training rows.
  private func counts(_ facts: CaseFile, _ repetition: RowRepetition) -> (rows: Int, seen: Int) {
    if repetition.validationRows > 0 {
      return (repetition.validationRows, max(repetition.validation, repetition.nearValidation))
    }
    guard let split = facts.fit?.validationSplit, split > 0,
      let count = facts.data?.features.first?.rows
    else { return (0, 0) }
    let boundary = Int((Double(count) * (1 - split)).rounded(.down))
    let seen = Set(
      repetition.pairs.filter { $0.first < boundary && $0.later >= boundary }.map(\.later))
    return (count - boundary, seen.count)
  }

  /// Whether two rows are the same only if one is a copy of the other: several measured numbers.
  private static func isMeasured(_ features: ArrayFacts) -> Bool {
    !features.isIntegral && features.distinct.isEmpty && features.rowLength > 1
  }

  @_optimize(none) var examples: [Example] {
    func repeated(
      _ seen: Int, x: ArrayFacts = .spread(rows: 1200, columns: 4), isTraced: Bool? = nil
    ) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2], rows: 1200), x: x
      ) { facts in
        facts.data?.validationFeatures = [.spread(rows: 100, columns: 4)]
        facts.data?.repetition = RowRepetition(
          training: 0, validation: seen, nearValidation: seen, validationRows: 100, pairs: [])
        facts.data?.repetition?.isTraced = isTraced
      }
    }
    return [
      .sick("copied before the split", "x_val = x[:100]  # and fit(x, y)", repeated(100)),
      .sick(
        "whole numbers, cut from the training rows", "validation_data=(x_train[:100], …)",
        repeated(100, x: .classes([0, 1, 2], rows: 1200), isTraced: true)),
      .healthy("split first", "train_test_split(x, y)", repeated(1)),
      .healthy(
        "rows of few different values coincide", "x: answers to four questions, 1…5",
        repeated(60, x: .classes([1, 2, 3, 4, 5], rows: 1200))),
    ]
  }
}
