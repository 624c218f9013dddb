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
    program computes for the same weights and rows, and the run fails there but not here, one of both is \
    wrong. Recognised by that comparison alone. There is nothing to mend in the program: run it on another \
    backend and compare.
    """

  /// Both compute in float32: sums of any length agree to a few thousandths.
  static let tolerance = 0.01
  /// A run that explains this share here is sound.
  static let soundSkill = 0.5
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
    guard facts.data?.features.first != nil, let fit = facts.fit else {
      return lacking(.features, .labels)
    }
    let isRandom = model.layers.contains {
      BackendFault.random.contains($0.className) || $0.className.hasPrefix("Random")
    }
    guard !isRandom, fit.classWeight.isEmpty else {
      return .ruledOut("the first loss depends on chance or on weights of classes")
    }
    guard let measurements = facts.measurements else { return lacking(.trials) }
    guard let own = measurements.firstStepLoss else {
      return .ruledOut("the first epoch is no single step that could be compared")
    }
    guard own.isFinite else { return .ruledOut("the first loss is not finite here either") }
    let difference = abs(recorded - own) / max(abs(own), 1e-6)
    guard !recorded.isFinite || difference > BackendFault.tolerance else {
      return .ruledOut(
        "the first step gives \(figure(recorded)) there and \(figure(own)) here")
    }
    // Two numbers that differ accuse nobody: weights may have been saved after the first step. It takes
    // a run that fails there and falls here, from the same weights over the same rows.
    var there = facts
    there.measurements = nil
    guard RunHealth(there)?.isSick ?? false, let here = RunHealth(facts),
      here.skill.map({ $0 >= BackendFault.soundSkill }) ?? !here.isSick
    else {
      return .ruledOut(
        "the first step gives \(figure(recorded)) there and \(figure(own)) here, but both runs fare"
          + " alike")
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.inferred, isProven: false,
        summary:
          "the first step gives \(figure(recorded)) there and \(figure(own)) here, and from the"
          + " same weights over the same rows the loss falls here",
        evidence: [
          Evidence("relative difference of the first loss", value: difference, basis: .probe),
          Evidence("here \(here.summary)", basis: .trial),
        ],
        advice: "run the same program on another backend (KERAS_BACKEND) or on the processor alone,"
          + " and compare the first loss"))
  }

  @_optimize(none) var examples: [Example] {
    func replayed(_ recorded: [Double]) -> CaseFile {
      .example(
        units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread(),
        history: ["loss": recorded]
      ) { facts in
        facts.fit = FitFacts(epochs: 3, batchSize: 200)
        var measurements = Measurements()
        measurements.firstStepLoss = 1.25
        measurements.baseline = [
          Outcome(seed: 1, history: ["loss": [1.25, 0.4, 0.2]], trainingLoss: 0.2, skill: 0.8)
        ]
        facts.measurements = measurements
      }
    }
    return [
      .sick(
        "another first loss, and a run that stands still there alone",
        "loss: 1.61, 1.60, 1.61; here 1.25, 0.4, 0.2", replayed([1.61, 1.60, 1.61])),
      .healthy(
        "the same first loss", "loss: 1.2501, 0.41, …; here 1.25", replayed([1.2501, 0.41, 0.2])),
      .healthy(
        "another first loss, and both fall: weights that were saved a step later",
        "loss: 1.61, 0.5, 0.2; here 1.25, 0.4, 0.2", replayed([1.61, 0.5, 0.2])),
    ]
  }
}
