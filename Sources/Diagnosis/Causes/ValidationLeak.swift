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
    different values coincide by chance: how often is told by how often training rows equal each other, \
    and only far more than that is a leak. Cured by splitting first and copying afterwards.
    """

  /// From this share of seen validation rows on, their loss is that of the training rows.
  static let leakedShare = 0.2
  /// By so many standard deviations of chance the share must exceed it.
  static let significance = 4.0
  /// So few validation rows tell nothing.
  static let minimumRows = 10

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let features = facts.data?.features.first else { return lacking(.features) }
    guard let repetition = facts.data?.repetition else { return lacking(.validation) }
    // Rows whose way was followed are copies, whatever values they hold.
    let isMeasured = (repetition.isTraced ?? false) || ValidationLeak.isMeasured(features)
    let counts = counts(facts, repetition, isMeasured: isMeasured)
    let (rows, seen) = (counts.rows, counts.seen)
    guard rows > 0 else { return lacking(.validation) }
    let share = Double(seen) / Double(rows)
    let chance = isMeasured ? 0 : ValidationLeak.chance(counts)
    let spread = (chance * (1 - chance) / Double(rows)).squareRoot()
    guard rows >= ValidationLeak.minimumRows, chance < 1,
      (share - chance) / (1 - chance) >= ValidationLeak.leakedShare,
      share - chance > ValidationLeak.significance * spread
    else {
      let expected = chance > 0 ? "; as many as \(figure(chance * Double(rows))) by chance" : ""
      return .ruledOut("\(seen) of \(rows) validation rows are training rows\(expected)")
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.inferred, isProven: true,
        summary: "\(seen) of \(rows) validation rows are training rows as well",
        evidence: [
          Evidence(
            "share of validation rows with the same features as a training row", value: share,
            sample: "all \(rows) rows")
        ] + ValidationLeak.evidence(chance, counts),
        advice: "split first; copy, oversample or augment the training part only",
        suspectRows: ValidationLeak.copies(facts, repetition)))
  }

  /// How many rows there are on both sides, and how many of them are repeated.
  private struct Counts {
    /// Validation rows, and how many of them are training rows.
    var rows: Int
    var seen: Int
    /// Training rows, and how many of them equal an earlier one.
    var trainingRows: Int
    var repeated: Int
  }

  private func counts(
    _ facts: CaseFile, _ repetition: RowRepetition, isMeasured: Bool
  ) -> Counts {
    let count = facts.data?.features.first?.rows ?? 0
    if repetition.validationRows > 0 {
      // Whole numbers are either equal or not.
      let near = isMeasured ? repetition.nearValidation : 0
      return Counts(
        rows: repetition.validationRows, seen: max(repetition.validation, near),
        trainingRows: count, repeated: repetition.training)
    }
    guard let split = facts.fit?.validationSplit, split > 0, count > 0 else {
      return Counts(rows: 0, seen: 0, trainingRows: count, repeated: repetition.training)
    }
    let boundary = Int((Double(count) * (1 - split)).rounded(.down))
    let seen = Set(
      repetition.pairs.filter { $0.first < boundary && $0.later >= boundary }.map(\.later))
    // Where not all pairs were kept, those that are missing count as chance.
    let missing = max(0, repetition.training - repetition.pairs.count)
    return Counts(
      rows: count - boundary, seen: seen.count, trainingRows: boundary,
      repeated: repetition.pairs.count { $0.later < boundary } + missing)
  }

  /// The largest share of new rows that equal a training row by chance: twice the share D/n of
  /// training rows that equal an earlier one. The chance that row i meets an earlier row,
  /// 1 − Σ p (1 − p)^(i−1) over the probabilities p of all possible rows, grows with i, ever slower,
  /// from 0; so its mean over the n training rows, D/n, is at least half of its end.
  private static func chance(_ counts: Counts) -> Double {
    // One repetition more than was seen: none among few rows does not mean that there can be none.
    min(1, 2 * Double(counts.repeated + 1) / Double(max(1, counts.trainingRows)))
  }

  /// Validation rows with the training rows that they equal.
  private static func copies(_ facts: CaseFile, _ repetition: RowRepetition) -> [SuspectRow]? {
    if let pairs = repetition.validationPairs {
      return pairs.prefix(SuspectRow.listed).map {
        SuspectRow(row: $0.first, found: "row \($0.later) of x_val is the same")
      }
    }
    guard let split = facts.fit?.validationSplit, let count = facts.data?.features.first?.rows
    else {
      return nil
    }
    let boundary = Int((Double(count) * (1 - split)).rounded(.down))
    return repetition.pairs.filter { $0.first < boundary && $0.later >= boundary }
      .prefix(SuspectRow.listed).map {
        SuspectRow(row: $0.later, found: "the same as row \($0.first), which is trained on")
      }
  }

  private static func evidence(_ chance: Double, _ counts: Counts) -> [Evidence] {
    guard chance > 0 else { return [] }
    return [
      Evidence(
        "share expected by chance, at most, from how often training rows equal each other",
        value: chance, sample: "all \(counts.trainingRows) training rows")
    ]
  }

  /// Whether two rows are the same only if one is a copy of the other: several measured numbers.
  private static func isMeasured(_ features: ArrayFacts) -> Bool {
    !features.isIntegral && features.distinct.isEmpty && features.rowLength > 1
  }

  @_optimize(none) var examples: [Example] {
    func repeated(
      _ seen: Int, x: ArrayFacts = .spread(rows: 1200, columns: 4), within: Int = 0,
      isTraced: Bool? = nil
    ) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2], rows: 1200), x: x
      ) { facts in
        facts.data?.validationFeatures = [.spread(rows: 100, columns: 4)]
        facts.data?.repetition = RowRepetition(
          training: within, validation: seen, nearValidation: seen, validationRows: 100, pairs: [])
        facts.data?.repetition?.isTraced = isTraced
      }
    }
    return [
      .sick("copied before the split", "x_val = x[:100]  # and fit(x, y)", repeated(100)),
      .sick(
        "whole numbers, cut from the training rows", "validation_data=(x_train[:100], …)",
        repeated(100, x: .classes([0, 1, 2], rows: 1200), isTraced: true)),
      .sick(
        "answers to thirty questions, copied before the split", "x: 1…5; x_val = x[:100]",
        repeated(100, x: .classes([1, 2, 3, 4, 5], rows: 1200))),
      .healthy("split first", "train_test_split(x, y)", repeated(1)),
      .healthy(
        "rows of few different values coincide", "x: answers to four questions, 1…5",
        repeated(60, x: .classes([1, 2, 3, 4, 5], rows: 1200), within: 500)),
    ]
  }
}
