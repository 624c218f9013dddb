import CaseFile
import JSON

/// Data from which nothing can be learned.
struct DegenerateData: Cause {
  let id = "degenerate-data"
  let title = "data from which nothing can be learned"
  let needs: [Need] = [.features, .labels]
  let explanation = """
    If every row has the same label the loss falls to 0 and the accuracy is 100 % from the first epoch, \
    and nothing was learned: the model says that label to everything. If no feature column varies, the \
    best that any model can say is the mean. If there are fewer rows than classes some classes are never \
    seen. Recognised by counting distinct values. There is no cure in the program: look at how the data \
    were read and filtered.
    """

  func examine(_ facts: CaseFile) -> Examination {
    guard let data = facts.data, let targets = data.targets else {
      return lacking(.features, .labels)
    }
    if targets.rows > 1, targets.overall.nonFiniteCount == 0,
      targets.overall.minimum == targets.overall.maximum
    {
      return found(
        "every row has the same label, \(figure(targets.overall.minimum))",
        Evidence("distinct labels: 1", value: 1, sample: "all \(targets.rows) rows"))
    }
    if let features = data.features.first, features.rows > 1, features.overall.nonFiniteCount == 0,
      !features.columns.isEmpty || features.rowLength == 1,
      (features.columns.isEmpty ? [features.overall] : features.columns)
        .allSatisfy({ $0.minimum == $0.maximum })
    {
      return found(
        "no feature column varies",
        Evidence(
          "columns that vary: 0 of \(features.rowLength)", value: 0,
          sample: "all \(features.rows) rows"))
    }
    if case .oneHot(let columns) = TargetReading(targets), targets.rows < columns {
      return found(
        "\(targets.rows) rows for \(columns) classes",
        Evidence("rows: \(targets.rows), classes: \(columns)", value: Double(targets.rows)))
    }
    return .ruledOut("labels and features vary")
  }

  private func found(_ summary: String, _ evidence: Evidence) -> Examination {
    .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.settled, isProven: true, summary: summary,
        evidence: [evidence],
        advice: "check how the data were read, filtered and split before they reached fit"))
  }

  @_optimize(none) var examples: [Example] {
    [
      .sick(
        "one class only", "y = np.ones(200)",
        .example(
          units: [16, 1], activations: ["relu", "sigmoid"], loss: "binary_crossentropy",
          y: .classes([1]))),
      .sick(
        "features that never change", "x = np.zeros((200, 4))",
        .example(
          units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread(),
          x: ArrayFacts(example: [Double](repeating: 0, count: 800), columns: 4))),
      .healthy(
        "a rare class is still a second one", "y: 195 zeros and 5 ones",
        .example(
          units: [16, 1], activations: ["relu", "sigmoid"], loss: "binary_crossentropy",
          y: ArrayFacts(example: (0..<200).map { $0 % 40 == 0 ? 1 : 0 }))),
    ]
  }
}
