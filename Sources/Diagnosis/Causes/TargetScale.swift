import CaseFile
import JSON

/// Regression targets of large magnitude or offset.
struct TargetScale: Cause {
  let id = "target-scale"
  let title = "targets far from unit scale"
  let needs: [Need] = [.model, .labels, .trials]
  let explanation = """
    The loss of a regression starts near the mean of the squared targets, and its gradients grow with \
    it: prices in the hundred thousands give losses of 10¹⁰. With SGD such gradients blow the weights \
    up in a few steps; with Adam, whose steps have a fixed length, the output layer needs hundreds of \
    epochs just to climb to the mean of the targets. Suspected from mean and spread of the targets; \
    proven by a trial in which scaling the targets alone makes the loss fall. Cured by standardising \
    the targets and undoing it on the predictions.
    """

  /// Targets whose root mean square exceeds this lie farther away than a freshly initialised network
  /// of unit outputs gets in the few hundred steps of a usual run.
  static let largeMagnitude = 10.0
  /// Targets that vary by less than this have a loss that looks like 0 from the start.
  static let smallSpread = 1e-3

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let reading = ContractReading(facts) else { return lacking(.model) }
    guard let targets = reading.targets else { return lacking(.labels) }
    guard reading.loss.family == .regression else {
      return .ruledOut("\(reading.loss.name) does not depend on the scale of labels")
    }
    let all = targets.overall
    let magnitude = all.rootMeanSquare
    let isSmall = all.standardDeviation > 0 && all.standardDeviation < TargetScale.smallSpread
    guard magnitude > TargetScale.largeMagnitude || isSmall else {
      return .ruledOut(
        "targets of mean \(figure(all.mean)) and spread \(figure(all.standardDeviation)) are near unit"
          + " scale")
    }
    return .suspected(
      Suspicion(
        prior: magnitude > 10 * TargetScale.largeMagnitude ? 0.7 : 0.4,
        summary:
          "targets of mean \(figure(all.mean)) and spread \(figure(all.standardDeviation)): the"
          + " loss starts near \(figure(magnitude * magnitude)) in squares",
        evidence: [
          Evidence(
            "root mean square of the targets \(figure(magnitude))", value: magnitude,
            sample: "all \(targets.rows) rows")
        ],
        remedies: [Remedy(edits: [Edit(target: "data.y.scale", to: "standardise")])]))
  }

  @_optimize(none) var examples: [Example] {
    [
      .sick(
        "prices", "y from 138,000 to 1,100,000; loss='mse'; SGD(0.01)",
        .example(
          units: [32, 1], activations: ["relu", "linear"], loss: "mse",
          y: .spread(from: 138_000, to: 1_100_000), optimizer: "SGD", rate: 0.01)),
      .healthy(
        "standardised targets", "y = (y - y.mean()) / y.std()",
        .example(units: [32, 1], activations: ["relu", "linear"], loss: "mse", y: .spread())),
      .healthy(
        "class numbers have no scale", "y in 0…9; sparse_categorical_crossentropy",
        .example(
          units: [32, 20], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 5, 12, 19]))),
    ]
  }
}
