import CaseFile
import JSON

/// Steps beyond the stability limit.
struct LearningRateHigh: Cause {
  let id = "learning-rate-high"
  let title = "the learning rate is beyond the stability limit"
  let needs: [Need] = [.model, .features, .labels, .trials]
  let explanation = """
    Near a point where the loss is a bowl of largest curvature λ, a step of plain SGD multiplies the \
    error along that direction by 1 − ηλ. Beyond η = 2/λ the error grows, and the loss by the factor \
    (1 − ηλ)² a step: it rises geometrically until it is infinite. Momentum β moves the limit to \
    2(1+β)/λ; Adam divides each gradient by its own size, and its limit follows from the curvature in \
    that metric. Training may skim past the limit and live; a rate far beyond it rises, oscillates \
    or kills every relu in the first steps. Measured: λ by power iteration, the losses that a range of \
    rates reaches. Proven by a trial at a measured rate.
    """

  /// Rates beyond the limit by less than this train well all the same: the curvature falls as the
  /// run settles at the edge of stability (Cohen et al. 2021).
  static let tolerance = 1.5

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard facts.compilation != nil else { return facts.model == nil ? log(facts) : lacking(.model) }
    guard let measurements = facts.measurements, let curvature = measurements.curvature else {
      return log(facts)
    }
    let limit = curvature.stabilityLimit
    let isBeyond = curvature.rate > LearningRateHigh.tolerance * limit
    let diverged = measurements.rates.contains { $0.rate >= curvature.rate && !$0.loss.isFinite }
    let better = RateReading.best(measurements, below: curvature.rate, limit: limit)
    guard isBeyond || diverged || better != nil else {
      return .ruledOut(
        "learning rate \(figure(curvature.rate)) is below the stability limit \(figure(limit))")
    }
    let rate = better ?? LearningRateHigh.safe(limit)
    guard rate < curvature.rate else {
      return .ruledOut("no smaller rate did better in a range test")
    }
    var evidence = [
      Evidence(
        "largest Hessian eigenvalue \(figure(curvature.largestEigenvalue))",
        value: curvature.largestEigenvalue, basis: .probe, sample: "\(curvature.rows) rows"),
      Evidence(
        "stability limit \(figure(limit)) for \(facts.compilation?.optimizer ?? "the optimizer"),"
          + " rate \(figure(curvature.rate))", value: limit, basis: .probe),
    ]
    evidence += RateReading.evidence(measurements)
    if let origin = measurements.nonFinite { evidence.append(origin.evidence) }
    return .suspected(
      Suspicion(
        prior: isBeyond ? 0.7 : 0.3,
        summary: isBeyond
          ? "learning rate \(figure(curvature.rate)) is beyond the stability limit \(figure(limit))"
          : "learning rate \(figure(curvature.rate)) is too high",
        evidence: evidence,
        remedies: [RateReading.remedy(rate, facts)]))
  }

  /// Half of the limit: as far from standing still as from the edge.
  static func safe(_ limit: Double) -> Double { RateReading.rounded(limit / 2) }

  /// What a log alone shows: the same growth from epoch to epoch.
  private func log(_ facts: CaseFile) -> Examination {
    let losses = facts.recorded?.history["loss"] ?? []
    guard let growth = GeometricGrowth(losses) else {
      return lacking(.model, .features, .labels, .trials)
    }
    return .suspected(
      Suspicion(
        prior: 0.6,
        summary: "the loss grows by the same factor, \(figure(growth.ratio)), every epoch",
        evidence: [
          Evidence(
            "ratio of one epoch's loss to the one before", value: growth.ratio, basis: .log,
            sample: "\(growth.epochs) epochs")
        ], remedies: []))
  }

  @_optimize(none) var examples: [Example] {
    func measured(_ rate: Double, limit: Double) -> CaseFile {
      .example(
        units: [1], activations: ["linear"], loss: "mse", y: .spread(), optimizer: "SGD", rate: rate
      ) { facts in
        var measurements = Measurements()
        measurements.curvature = Curvature(
          largestEigenvalue: 2 / limit, preconditionedEigenvalue: 2 / limit, stabilityLimit: limit,
          rate: rate, rows: 200)
        facts.measurements = measurements
      }
    }
    return [
      .sick("ten times the limit", "SGD(learning_rate=0.1)", measured(0.1, limit: 0.01)),
      .sick(
        "a log that grows by 3.55 an epoch", "loss: 388313, 1380000, 4906000, …",
        .example(
          units: [1], activations: ["linear"], loss: "mse", y: .spread(),
          history: [
            "loss": (0..<8).reduce(into: [388_313.0]) { losses, _ in
              losses.append(losses[losses.count - 1] * 3.5547)
            }
          ])),
      .healthy("half of the limit", "SGD(learning_rate=0.005)", measured(0.005, limit: 0.01)),
      .healthy("just past the limit", "SGD(learning_rate=0.012)", measured(0.012, limit: 0.01)),
    ]
  }
}
