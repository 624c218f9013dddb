import CaseFile
import JSON

/// A number of output units that does not fit the classes or the target columns.
struct OutputUnits: Cause {
  let id = "output-units"
  let title = "the number of output units does not fit the labels"
  let needs: [Need] = [.model, .labels]
  let explanation = """
    A classifier needs one unit a class (or a single sigmoid for two classes), a regression one unit \
    a target column. With too few units some classes can never be predicted, and a single unit over \
    three classes treats the class number as a probability. With a number of units that differs from \
    the columns the shapes clash, or are broadcast into nonsense. More units than classes is only \
    waste. Recognised by counting. Cured by setting the units, with the activation and the loss that \
    go with them.
    """

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let reading = ContractReading(facts) else { return lacking(.model) }
    guard let target = reading.target else { return lacking(.labels) }
    guard let units = reading.head.units else {
      return .notExamined(needs: [.model], hint: "the number of output units is not known")
    }
    guard let problem = problem(reading, target, units) else {
      return .ruledOut("\(units) output units serve these targets")
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.settled, isProven: true, summary: problem,
        evidence: [
          Evidence("\(units) output units in \(reading.head.unitsLayer)", value: Double(units)),
          Evidence(
            "\(reading.targets?.distinct.count ?? 0) distinct labels,"
              + " \(reading.columns) target columns"),
        ], remedy: Contract(reading)?.remedy(reading)))
  }

  private func problem(
    _ reading: ContractReading, _ target: TargetReading, _ units: Int
  ) -> String? {
    switch (reading.loss.family, target) {
    case (.sparse, .classes(_, let high, let distinct)) where distinct > units || units == 1:
      return "\(distinct) classes up to \(high), but \(units) output unit\(units == 1 ? "" : "s")"
    case (.sparse, .real) where reading.targets?.isIntegral ?? false:
      guard let high = reading.targets?.overall.maximum, high >= Double(units) else { return nil }
      return "classes up to \(figure(high)), but \(units) output units"
    case (.binary, .classes(_, _, let distinct)) where units == 1,
      (.categorical, .classes(_, _, let distinct)) where units == 1:
      return "\(distinct) classes, but one output unit: the class number is read as a probability"
    case (_, .oneHot(let columns)), (_, .multiHot(let columns)), (_, .distribution(let columns)),
      (_, .real(let columns)):
      // Losses of one's own may take several outputs a target: mean and spread, quantiles.
      guard ![.sparse, .other].contains(reading.loss.family), reading.hasUnitAxis || columns == 1
      else { return nil }
      guard columns != units else { return nil }
      return "\(columns) target column\(columns == 1 ? "" : "s"), but \(units) output units"
    default:
      return nil
    }
  }

  @_optimize(none) var examples: [Example] {
    [
      .sick(
        "one sigmoid for three classes", "y in {0, 1, 2}; Dense(1, activation='sigmoid')",
        .example(
          units: [16, 1], activations: ["relu", "sigmoid"], loss: "binary_crossentropy",
          y: .classes([0, 1, 2]))),
      .sick(
        "ten units for one number", "y of shape (N, 1); Dense(10); loss='mse'",
        .example(
          units: [16, 10], activations: ["relu", "linear"], loss: "mse",
          y: .spread(from: 0, to: 9))),
      .sick(
        "eight units for ten classes", "Dense(8, activation='softmax'); y in 0…9",
        .example(
          units: [16, 8], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
          y: .classes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))),
      .healthy(
        "two softmax units for two classes", "Dense(2, activation='softmax'); y in {0, 1}",
        .example(
          units: [16, 2], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
          y: .classes([0, 1]))),
      .healthy(
        "one number", "Dense(1); loss='mse'",
        .example(units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread())),
      .healthy(
        "one column a class", "Dense(4, activation='softmax'); one-hot y",
        .example(
          units: [16, 4], activations: ["relu", "softmax"], loss: "categorical_crossentropy",
          y: .oneHot(4))),
    ]
  }
}
