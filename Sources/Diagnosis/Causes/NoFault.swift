import CaseFile
import JSON

/// The run is healthy.
struct NoFault: Cause {
  let id = "none"
  let title = "no fault"
  let needs: [Need] = [.log, .trials]
  let explanation = """
    A healthy run is called healthy: every rule that applies was checked and none was broken, and the \
    loss falls from about that of the best constant prediction, to well below it, on the training \
    rows. Noise from batch to batch, a training loss above the validation loss under dropout, a floor \
    that comes from soft labels, and losses that could be lower still with other settings are no faults.
    """

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let health = RunHealth(facts) else { return lacking(.log, .trials) }
    guard health.state == .thriving || health.state == .learning else {
      return .ruledOut("the loss does not fall as it should: \(health.summary)")
    }
    // A trial in float32 does not speak for a run in float16.
    if facts.recorded == nil, HalfPrecision.isUsed(facts) { return lacking(.log) }
    if facts.model == nil, !NoFault.isConvincing(facts, health) { return lacking(.model, .labels) }
    return .found(
      CauseFinding(
        id: id, confidence: health.state == .thriving ? 0.95 : 0.8, summary: health.summary,
        evidence: [Evidence(health.summary, basis: health.isMeasured ? .trial : .log)]))
  }

  /// An accuracy that ends below this, and has not risen, belongs to a loss that falls for nothing.
  private static let goodAccuracy = 0.9
  /// A validation loss above the training loss by more than this factor needs an explanation.
  private static let validationRatio = 2.0

  /// Whether a log alone speaks for a healthy run: it does not know the loss, let alone the task, so
  /// every series in it must say the same.
  private static func isConvincing(_ facts: CaseFile, _ health: RunHealth) -> Bool {
    let history = facts.recorded?.history ?? [:]
    guard health.state == .thriving, let last = health.losses.last, last >= 0,
      LogFingerprint(facts) == nil
    else { return false }
    if let validation = history["val_loss"], let first = validation.first, let end = validation.last
    {
      guard end < first, end <= max(validationRatio * last, RunHealth.fallenShare * first) else {
        return false
      }
    }
    for (name, values) in history where name.hasSuffix("accuracy") {
      guard let first = values.first, let end = values.last,
        end >= goodAccuracy || (end > first && end - first > RunHealth.fallenShare * (1 - first))
      else { return false }
    }
    return true
  }

  @_optimize(none) var examples: [Example] {
    func logged(_ losses: [Double]) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2]), history: ["loss": losses])
    }
    return [
      .sick("a loss that falls well", "loss: 1.10, 0.6, 0.3, 0.15", logged([1.1, 0.6, 0.3, 0.15])),
      .sick(
        "a noisy loss that falls well", "loss: 1.1, 0.7, 0.75, 0.4, 0.45, 0.2",
        logged([1.1, 0.7, 0.75, 0.4, 0.45, 0.2])),
      .healthy(
        "a loss that stands still", "loss: 1.0986, 1.0986, …",
        logged([1.0986, 1.0986, 1.0985, 1.0986])),
      .healthy(
        "a log alone in which only the loss falls", "loss: 0.69 … 0.30, accuracy: 0.33 … 0.33",
        .logAlone(["loss": [0.69, 0.5, 0.3], "accuracy": [0.33, 0.33, 0.33]])),
      .sick(
        "a log alone in which all falls and rises as it should",
        "loss: 0.69 … 0.20, accuracy: 0.5 … 0.94, val_loss: 0.66 … 0.22",
        .logAlone([
          "loss": [0.69, 0.4, 0.2], "accuracy": [0.5, 0.8, 0.94], "val_loss": [0.66, 0.4, 0.22],
        ])),
      .healthy(
        "a log alone, with nothing but a loss that comes to rest at a third",
        "loss: 2117 … 845, 857; the mean of the targets explains as much",
        .logAlone(["loss": [2117, 1943, 1200, 850, 845, 857]])),
      .sick(
        "a log alone, with nothing but a loss that falls to a hundredth", "loss: 84 … 0.9",
        .logAlone(["loss": [84, 31, 8, 2, 0.9]])),
      .healthy(
        "a log alone with a loss that nothing measured can cause", "loss: 1.2e23 … 2.1e16",
        .logAlone(["loss": [1.2e23, 2.4e20, 7.6e19, 2.1e16]])),
      .sick(
        "a log alone: training and validation loss fall by half",
        "loss: 1.44 … 0.45 - val_loss: 1.06 … 0.52",
        .logAlone(["loss": [1.44, 1.13, 0.95, 0.45], "val_loss": [1.06, 0.88, 0.78, 0.52]])),
      .healthy("a loss that turns NaN", "loss: 1.1, 8.3, nan", logged([1.1, 8.3, .nan])),
    ]
  }
}
