import CaseFile
import JSON

/// A schedule that drives the rate to nothing within the run.
struct LearningRateSchedule: Cause {
  let id = "learning-rate-schedule"
  let title = "the schedule drives the learning rate to nothing"
  let needs: [Need] = [.model]
  let explanation = """
    Schedules count steps, not epochs: ExponentialDecay(0.01, decay_steps=1, decay_rate=0.5) halves \
    the rate with every batch, and after twenty batches of the first epoch nothing moves any more. \
    Recognised by computing the rate at every step of the run. Cured by a constant rate, or by counting \
    decay_steps in steps.
    """

  /// A rate below this share of its first value moves nothing any more.
  static let deadShare = 1e-3
  /// A schedule that is dead before this share of the run is over leaves most of it idle.
  static let earlyShare = 0.5

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let compilation = facts.compilation else { return lacking(.model) }
    if let suspicion = driven(facts) { return .suspected(suspicion) }
    guard let schedule = compilation.optimizerConfiguration["learning_rate"],
      let name = schedule["class_name"]?.string
    else { return .ruledOut("the learning rate is constant") }
    guard let fit = facts.fit, let rows = facts.data?.features.first?.rows, rows > 0 else {
      return lacking(.features)
    }
    let training = Double(rows) * (1 - fit.validationSplit)
    let steps = fit.epochs * max(1, Int((training / Double(fit.batchSize)).rounded(.up)))
    guard let first = initialRate(schedule), first > 0,
      let dead = (1...steps).first(where: {
        rate(schedule, name, at: Double($0)).map { $0 < LearningRateSchedule.deadShare * first }
          ?? false
      }),
      Double(dead) < LearningRateSchedule.earlyShare * Double(steps)
    else { return .ruledOut("\(name) keeps the rate alive over the run") }
    return .suspected(
      Suspicion(
        prior: 0.9,
        summary:
          "\(name) brings the learning rate from \(figure(first)) below a thousandth of it by"
          + " step \(dead) of \(steps)",
        evidence: [
          Evidence(
            "step at which the rate is below a thousandth", value: Double(dead), unit: "steps")
        ],
        remedies: [
          Remedy(
            edits: [
              Edit(
                target: "optimizer.learning_rate", from: schedule,
                to: .double(RateReading.shortest(first)))
            ], summary: "a constant learning rate of \(figure(first))")
        ]))
  }

  /// A callback that has driven the recorded rate to nothing early on. ReduceLROnPlateau only follows
  /// a loss that stands still already.
  private func driven(_ facts: CaseFile) -> Suspicion? {
    let history = facts.recorded?.history ?? [:]
    guard let trace = history["learning_rate"] ?? history["lr"], let first = trace.first, first > 0,
      let callbacks = facts.fit?.callbacks,
      callbacks.contains(where: { Self.callbackName($0) == Self.scheduler }),
      let dead = trace.firstIndex(where: { $0 < Self.deadShare * first }),
      Double(dead) < Self.earlyShare * Double(trace.count)
    else { return nil }
    let kept = callbacks.filter { Self.callbackName($0) != Self.scheduler }
    return Suspicion(
      prior: 0.9,
      summary: "\(Self.scheduler) brings the learning rate from \(figure(first)) below a thousandth"
        + " of it by epoch \(dead + 1) of \(trace.count)",
      evidence: [
        Evidence(
          "epoch at which the rate is below a thousandth", value: Double(dead + 1), unit: "epochs")
      ],
      remedies: [
        Remedy(
          edits: [Edit(target: "fit.callbacks", from: .array(callbacks), to: .array(kept))],
          summary: "fit without \(Self.scheduler)")
      ])
  }

  private static let scheduler = "LearningRateScheduler"

  private static func callbackName(_ callback: JSONValue) -> String? {
    callback.string ?? callback["class_name"]?.string
  }

  private func initialRate(_ schedule: JSONValue) -> Double? {
    schedule["config"]?["initial_learning_rate"]?.double
  }

  /// The rate of the schedules that can die before their end; `nil` for the others.
  private func rate(_ schedule: JSONValue, _ name: String, at step: Double) -> Double? {
    guard let configuration = schedule["config"], let first = initialRate(schedule),
      let decaySteps = configuration["decay_steps"]?.double, decaySteps > 0
    else { return nil }
    var passed = step / decaySteps
    if configuration["staircase"]?.bool ?? false { passed = passed.rounded(.down) }
    switch name {
    case "ExponentialDecay":
      guard let factor = configuration["decay_rate"]?.double else { return nil }
      var result = first
      // Powers by repeated multiplication, which is exact enough to find where it dies.
      for _ in 0..<Int(min(passed, 10_000)) { result *= factor }
      return result
    case "InverseTimeDecay":
      guard let factor = configuration["decay_rate"]?.double else { return nil }
      return first / (1 + factor * passed)
    case "PolynomialDecay":
      let end = configuration["end_learning_rate"]?.double ?? 0
      let isCycling = configuration["cycle"]?.bool ?? false
      return passed >= 1 && !isCycling ? end : first
    case "CosineDecay":
      return passed >= 1 ? first * (configuration["alpha"]?.double ?? 0) : first
    default: return nil
    }
  }

  @_optimize(none) var examples: [Example] {
    func decaying(_ decaySteps: Int) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2])
      ) { facts in
        facts.compilation?.optimizerConfiguration = [
          "learning_rate": [
            "class_name": "ExponentialDecay",
            "config": [
              "initial_learning_rate": 0.01, "decay_steps": .int(decaySteps), "decay_rate": 0.5,
              "staircase": false,
            ],
          ]
        ]
      }
    }
    func driven(_ trace: [Double]) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2]),
        history: ["loss": trace.map { _ in 0.9 }, "learning_rate": trace]
      ) { facts in
        facts.fit = FitFacts(epochs: trace.count, callbacks: ["LearningRateScheduler"])
      }
    }
    return [
      .sick(
        "a tenth with every epoch", "LearningRateScheduler(lambda e: 0.05 * 10 ** -e)",
        driven([5e-2, 5e-3, 5e-4, 5e-5, 5e-6, 5e-7, 5e-8, 5e-9, 5e-10, 5e-11])),
      .healthy(
        "halved every epoch", "LearningRateScheduler(lambda e: 0.05 * 0.5 ** e)",
        driven([5e-2, 2.5e-2, 1.2e-2, 6e-3, 3e-3, 1.5e-3])),
      .sick(
        "halved with every batch", "ExponentialDecay(0.01, decay_steps=1, decay_rate=0.5)",
        decaying(1)),
      .healthy(
        "halved every 100 batches", "ExponentialDecay(0.01, decay_steps=100, decay_rate=0.5)",
        decaying(100)),
    ]
  }
}
