import CaseFile
import JSON

/// Steps too small to move within the run.
struct LearningRateLow: Cause {
  let id = "learning-rate-low"
  let title = "the learning rate is too low for the length of the run"
  let needs: [Need] = [.model, .features, .labels, .trials]
  let explanation = """
    Each step should move the weights by about a thousandth of their size. At a ten-thousandth and \
    less the loss hardly moves in the epochs that were asked for: the curve is flat, but smooth and \
    still falling. Small rates that had the time to converge, and fine-tuning, are healthy. \
    Measured: the size of the first updates against the size of the weights, and the losses that a \
    range of rates reaches. Proven by a trial at a measured rate.
    """

  /// Updates below this share of the weights a step leave a run of a few thousand steps near its
  /// start; healthy training lies around 1e-3.
  static let smallUpdate = 1e-4

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard facts.compilation != nil else { return lacking(.model) }
    guard let measurements = facts.measurements, let curvature = measurements.curvature,
      let ratio = measurements.updateRatio
    else {
      return standingStill(facts).map { .suspected($0) }
        ?? lacking(.model, .features, .labels, .trials)
    }
    let rate = curvature.rate
    guard let better = RateReading.best(measurements, above: rate) else {
      guard ratio < LearningRateLow.smallUpdate, LearningRateLow.isFarBelowDefault(facts, rate)
      else { return .ruledOut("no higher rate did better in a range test") }
      // A plateau: on a short run no rate of this optimizer is told from another.
      return .suspected(
        Suspicion(
          prior: 0.6,
          summary: "learning rate \(figure(RateReading.shortest(rate))) moves the weights by"
            + " \(figure(ratio)) of their size a step, far less than the optimizer's own rate would",
          evidence: [
            Evidence(
              "median of ‖Δw‖ / ‖w‖ for one step \(figure(ratio))", value: ratio, basis: .probe)
          ],
          remedies: [
            RateReading.remedy(LearningRateLow.defaultRate(facts), facts),
            OptimizerChoice.adam(from: facts.compilation),
          ].compactMap(\.self)))
    }
    let isSmall = ratio < LearningRateLow.smallUpdate
    return .suspected(
      Suspicion(
        prior: isSmall ? 0.7 : 0.2,
        summary: "learning rate \(figure(RateReading.shortest(rate))) moves the weights by"
          + " \(figure(ratio)) of their size a step",
        evidence: [
          Evidence(
            "median of ‖Δw‖ / ‖w‖ for one step \(figure(ratio))", value: ratio, basis: .probe)
        ] + RateReading.evidence(measurements),
        remedies: [
          RateReading.remedy(better, facts),
          // Where no rate of this optimizer gets off a plateau, one whose steps have a size does.
          isSmall && LearningRateLow.isFarBelowDefault(facts, rate)
            ? OptimizerChoice.adam(from: facts.compilation) : nil,
        ].compactMap(\.self)))
  }

  /// Without a measurement: a rate at which fresh weights cannot get anywhere, whatever the gradients.
  private func standingStill(_ facts: CaseFile) -> Suspicion? {
    guard facts.recorded == nil, let bound = TravelBound(facts), bound.share < TravelBound.still
    else { return nil }
    return Suspicion(
      prior: Judgement.certainPrior,
      summary: "at learning rate \(figure(bound.rate)) all \(bound.steps) steps of"
        + " \(facts.compilation?.optimizer ?? "") together change the outputs of no layer by more than"
        + " \(percentage(bound.share))",
      evidence: [
        Evidence(
          "rate × steps against the size of the fresh weights, times √inputs", value: bound.share)
      ],
      remedies: [RateReading.remedy(LearningRateLow.defaultRate(facts), facts)])
  }

  /// A rate below Keras' own for the optimizer by this factor was chosen with care, or by a slip.
  private static let farBelow = 30.0

  /// Keras' own rate.
  private static func defaultRate(_ facts: CaseFile) -> Double {
    facts.compilation?.optimizer == "SGD" ? 0.01 : 0.001
  }

  private static func isFarBelowDefault(_ facts: CaseFile, _ rate: Double) -> Bool {
    rate * farBelow < defaultRate(facts)
  }

  @_optimize(none) var examples: [Example] {
    func measured(_ rate: Double, ratio: Double, probes: [(Double, Double)]) -> CaseFile {
      .example(
        units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread(), rate: rate
      ) { facts in
        var measurements = Measurements()
        measurements.curvature = Curvature(
          largestEigenvalue: 2, preconditionedEigenvalue: 2, stabilityLimit: 1, rate: rate,
          rows: 200)
        measurements.updateRatio = ratio
        measurements.rates = probes.map { RateProbe(rate: $0.0, loss: $0.1) }
        facts.measurements = measurements
      }
    }
    func unmeasured(_ rate: Double, epochs: Int) -> CaseFile {
      .example(
        units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread(), rate: rate
      ) { facts in facts.fit = FitFacts(epochs: epochs) }
    }
    return [
      .sick(
        "Adam at 1e-7 for 20 epochs, before anything was run", "Adam(1e-7)",
        unmeasured(1e-7, epochs: 20)),
      .healthy(
        "Adam at 1e-5 for 300 epochs, before anything was run", "Adam(1e-5)",
        unmeasured(1e-5, epochs: 300)),
      .sick(
        "Adam at 1e-7", "Adam(1e-7)",
        measured(1e-7, ratio: 1e-6, probes: [(1e-7, 2.4), (1e-5, 2.3), (1e-3, 0.4)])),
      .healthy(
        "Adam at its default", "Adam()",
        measured(1e-3, ratio: 1e-2, probes: [(1e-4, 1.2), (1e-3, 0.4), (1e-2, 0.39)])),
    ]
  }
}
