import CaseFile
import JSON

/// The same step gives another number elsewhere.
struct BackendFault: Cause {
  let id = "backend-fault"
  let title = "the same step gives another number here"
  let needs: [Need] = [.model, .features, .labels, .log, .trials]
  let explanation = """
    Once in a while it is the machine: a driver, a compiler flag or a build of the backend that computes \
    something else. A run whose epochs are single steps on all rows, without dropout or noise, has only \
    one possible first loss: that of its initial weights. If the recorded one differs from what this \
    program computes for the same weights and rows, one of both is wrong. Recognised by that comparison \
    alone. There is nothing to mend in the program: run it on another backend and compare.
    """

  /// Both compute in float32: sums of any length agree to a few thousandths.
  static let tolerance = 0.01
  /// Layers that draw random numbers in training.
  private static let random: Set<String> = [
    "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout",
    "GaussianNoise", "AlphaDropout", "BatchNormalization",
  ]

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model else { return lacking(.model) }
    guard let recorded = facts.recorded?.history["loss"]?.first else { return lacking(.log) }
    guard let fit = facts.fit, let rows = facts.data?.features.first?.rows else {
      return lacking(.features, .labels)
    }
    let isRandom = model.layers.contains {
      BackendFault.random.contains($0.className) || $0.className.hasPrefix("Random")
    }
    guard fit.batchSize >= rows, fit.validationSplit == 0, fit.classWeight.isEmpty, !isRandom,
      facts.data?.validationTargets != nil
    else { return .ruledOut("the first epoch is no single step that could be compared") }
    guard let start = facts.measurements?.initialLoss else { return lacking(.trials) }
    let own = start + (facts.measurements?.initialPenalty ?? 0)
    guard recorded.isFinite, own.isFinite else {
      return .ruledOut("the first loss is not finite")
    }
    let difference = abs(recorded - own) / max(abs(own), 1e-6)
    guard difference > BackendFault.tolerance else {
      return .ruledOut(
        "the first step gives \(figure(recorded)) there and \(figure(own)) here")
    }
    // No remedy, and a prior below the one from which suspicions are named: weights that were saved
    // a moment later than the first step explain a difference as well.
    return .suspected(
      Suspicion(
        prior: 0.3,
        summary: "the first step gives \(figure(recorded)) there and \(figure(own)) here",
        evidence: [Evidence("relative difference", value: difference, basis: .probe)],
        remedies: []))
  }

  @_optimize(none) var examples: [Example] {
    func replayed(_ recorded: Double) -> CaseFile {
      .example(
        units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread(),
        history: ["loss": [recorded, 1.0]]
      ) { facts in
        facts.fit = FitFacts(epochs: 2, batchSize: 200)
        facts.data?.validationTargets = .spread()
        var measurements = Measurements()
        measurements.initialLoss = 1.25
        facts.measurements = measurements
      }
    }
    return [
      .sick("another first loss", "loss: 1.61, …; here 1.25", replayed(1.61)),
      .healthy("the same first loss", "loss: 1.2501, …; here 1.25", replayed(1.2501)),
    ]
  }
}
