import CaseFile
import JSON

/// One class that swamps the loss.
struct ClassImbalance: Cause {
  let id = "class-imbalance"
  let title = "one class swamps the loss"
  let needs: [Need] = [.labels, .trials]
  let explanation = """
    Where nineteen rows of twenty are of one class, a model that always says that class is right in 95 % \
    of the rows, and its loss is low. If the rare rows are hard, training may rest there: the accuracy \
    never moves, and no rare row is ever found. A rare class that is learned is no fault. Recognised from \
    the shares of the classes and the loss in which every class counts the same; proven by a trial with \
    class_weight in which that loss falls on held-out rows. The plain loss need not fall: it is paid \
    mostly by the frequent class.
    """

  /// From this share of the most frequent class on it can swamp the loss of two classes.
  static let frequentShare = 0.85
  /// A run that explains this share with every class counted the same knows the rare classes.
  static let knownShare = 0.2

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let targets = facts.data?.targets, !(targets.unknown?.contains(.shares) ?? false) else {
      return lacking(.labels)
    }
    guard let shares = ClassImbalance.shares(targets),
      let largest = shares.max(by: { $0.value < $1.value })
    else { return .ruledOut("the targets are no classes") }
    guard largest.value >= ClassImbalance.frequentShare else {
      return .ruledOut("the most frequent class has \(figure(largest.value)) of the rows")
    }
    guard facts.fit?.classWeight.isEmpty ?? true else {
      return .ruledOut("class_weight is given")
    }
    guard let outcome = facts.measurements?.baseline.first else { return lacking(.trials) }
    guard let balanced = outcome.balancedSkill, balanced < ClassImbalance.knownShare else {
      return .ruledOut("the rare classes are learned, or do not occur among held-out rows")
    }
    let count = Double(shares.count)
    var weights = JSONObject()
    for (label, share) in shares.sorted(by: { $0.key < $1.key }) {
      weights["\(label)"] = .double((100 / (count * share)).rounded() / 100)
    }
    return .suspected(
      Suspicion(
        prior: 0.6,
        summary:
          "class \(largest.key) has \(percentage(largest.value)) of the rows, and"
          + " with every class counted the same the run explains nothing",
        evidence: [
          Evidence(
            "share explained with every class counted the same \(figure(balanced))",
            value: balanced, basis: .trial)
        ],
        remedies: [Remedy(edits: [Edit(target: "fit.class_weight", to: .object(weights))])],
        judgedBy: .balanced))
  }

  /// The share of each class among the rows, by its number; `nil` for targets that are no classes.
  package static func shares(_ targets: ArrayFacts) -> [Int: Double]? {
    switch TargetReading(targets) {
    case .binary, .classes:
      let total = Double(targets.distinct.map(\.count).reduce(0, +))
      guard total > 0 else { return nil }
      return Dictionary(
        targets.distinct.compactMap { value in
          Int(exactly: value.value).map { ($0, Double(value.count) / total) }
        }, uniquingKeysWith: { first, _ in first })
    case .oneHot:
      let present = targets.columns.enumerated().filter { $0.element.mean > 0 }
      return Dictionary(
        present.map { ($0.offset, $0.element.mean) }, uniquingKeysWith: { first, _ in first })
    default: return nil
    }
  }

  @_optimize(none) var examples: [Example] {
    func rare(balanced: Double) -> CaseFile {
      .example(
        units: [16, 1], activations: ["relu", "sigmoid"], loss: "binary_crossentropy",
        y: ArrayFacts(example: (0..<200).map { $0 % 20 == 0 ? 1 : 0 })
      ) { facts in
        var measurements = Measurements()
        measurements.baseline = [
          Outcome(seed: 1, history: [:], trainingLoss: 0.19, skill: 0.04, balancedSkill: balanced)
        ]
        facts.measurements = measurements
      }
    }
    return [
      .sick("never the rare class", "5 % ones; recall 0", rare(balanced: -1.1)),
      .healthy("a rare class that is learned", "5 % ones; recall 0.9", rare(balanced: 0.6)),
      .healthy(
        "classes of similar size", "y in {0, 1}, half and half",
        .example(
          units: [16, 1], activations: ["relu", "sigmoid"], loss: "binary_crossentropy",
          y: .classes([0, 1]))),
    ]
  }
}
