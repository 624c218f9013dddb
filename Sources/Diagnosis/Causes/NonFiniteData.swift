import CaseFile
import JSON

/// NaN or infinite values in the features or the targets.
struct NonFiniteData: Cause {
  let id = "non-finite-data"
  let title = "NaN or infinite values in the data"
  let needs: [Need] = [.features, .labels]
  let explanation = """
    One NaN in a batch makes the loss of the batch NaN, its gradient NaN, and with the first step all \
    weights NaN: from then on every loss is NaN. Missing values in a table and divisions by 0 while \
    standardising a constant column are the usual sources. Recognised by looking: the first bad row \
    and column are named. Cured by dropping or filling in those rows or columns.
    """

  /// Creates the cause.
  init() {}

  /// Above this share of bad rows dropping them would throw the data away: then it is the columns
  /// that are bad, and those are dropped.
  static let rowShareToDrop = 0.5

  func examine(_ facts: CaseFile) -> Examination {
    guard let data = facts.data else { return log(facts) }
    var arrays = data.features.map { ("x", $0) }
    if let targets = data.targets { arrays.append(("y", targets)) }
    arrays += data.validationFeatures.map { ("x_val", $0) }
    if let targets = data.validationTargets { arrays.append(("y_val", targets)) }
    // Texts that are no numbers are the business of `label-range` where they are labels.
    let bad = arrays.filter { name, array in
      let isText = array.unreadable > array.overall.count / 2 && name.hasPrefix("y")
      return array.overall.nonFiniteCount > 0 && !isText
    }
    guard let (name, first) = bad.first else {
      return .ruledOut("every value of x and y is a finite number")
    }
    let evidence = bad.map { name, array in
      Evidence(
        "\(name): \(array.unreadable > 0 ? "\(array.unreadable) texts, " : "")"
          + "\(array.overall.nanCount - array.unreadable) NaN and \(array.overall.infinityCount) infinite values"
          + " in \(array.nonFiniteRows) of \(array.rows) rows" + place(array),
        value: Double(array.overall.nonFiniteCount), sample: "all \(array.rows) rows")
    }
    // A cell that is no number is filled; a whole array of texts is no array of numbers.
    let isText = first.unreadable > first.overall.count / 2
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.settled, isProven: true,
        summary: "\(first.nonFiniteRows) of \(first.rows) rows of \(name) hold"
          + " \(first.unreadable > 0 ? "texts that are no numbers" : "NaN or infinite values")"
          + place(first), evidence: evidence, remedy: isText ? nil : remedy(name, first),
        advice: isText
          ? "number the texts, or let the model begin with StringLookup or TextVectorization" : nil,
        suspectRows: name.hasSuffix("_val") ? nil : NonFiniteData.rows(name, first)))
  }

  /// The first places as rows, each row once.
  private static func rows(_ name: String, _ array: ArrayFacts) -> [SuspectRow] {
    var rows: [SuspectRow] = []
    for place in array.nonFinite where rows.last?.row != place.row {
      rows.append(
        SuspectRow(row: place.row, found: "NaN or infinite in \(name), column \(place.column)"))
    }
    return rows
  }

  /// What a log alone shows where single steps are visible: NaN in the very first one, before any weight
  /// has moved.
  private func log(_ facts: CaseFile) -> Examination {
    guard facts.model == nil, let mark = LogFingerprint(facts), mark == .nanFromTheStart else {
      return lacking(.features, .labels)
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.suspected, isProven: false, summary: mark.text,
        evidence: [Evidence(mark.text, basis: .log)],
        advice:
          "numpy.isfinite(x).all() and the same of y tell; else look at weights that were loaded"))
  }

  private func remedy(_ name: String, _ array: ArrayFacts) -> Remedy {
    let share = Double(array.nonFiniteRows) / Double(max(1, array.rows))
    guard name.hasPrefix("x"), share > NonFiniteData.rowShareToDrop else {
      return Remedy(edits: [Edit(target: "data.drop_rows", to: "non-finite")])
    }
    return Remedy(edits: [Edit(target: "data.x.fill", to: 0.0)])
  }

  private func place(_ array: ArrayFacts) -> String {
    guard let first = array.nonFinite.first else { return "" }
    let named =
      array.columnNames.indices.contains(first.column)
      ? " (\(array.columnNames[first.column]))" : ""
    return array.rowLength > 1
      ? ", the first in row \(first.row), column \(first.column)\(named)"
      : ", the first in row \(first.row)"
  }

  @_optimize(none) var examples: [Example] {
    let column = (0..<200).map { $0 == 17 ? Double.nan : Double($0 % 7) - 3 }
    var texts = ArrayFacts(example: [Double](repeating: .nan, count: 200), dtype: "<U5")
    texts.unreadable = 200
    return [
      .sick(
        "one missing value", "x[17, 0] = np.nan",
        .example(
          units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread(),
          x: ArrayFacts(example: column))),
      .sick(
        "texts instead of numbers", "x = np.array([['red'], ['green'], …])",
        .example(
          units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread(), x: texts)),
      .sick(
        "an infinite target", "y = 1 / distance  # one distance is 0",
        .example(
          units: [16, 1], activations: ["relu", "linear"], loss: "mse",
          y: ArrayFacts(example: (0..<200).map { 1 / Double($0) }))),
      .healthy(
        "large numbers are still numbers", "x from −1e6 to 1e6",
        .example(
          units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread(),
          x: .spread(columns: 3, from: -1e6, to: 1e6))),
    ]
  }
}
