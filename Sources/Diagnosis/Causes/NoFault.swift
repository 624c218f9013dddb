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
    return .found(
      CauseFinding(
        id: id, confidence: health.state == .thriving ? 0.95 : 0.8, summary: health.summary,
        evidence: [Evidence(health.summary, basis: health.isMeasured ? .trial : .log)]))
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
      .healthy("a loss that turns NaN", "loss: 1.1, 8.3, nan", logged([1.1, 8.3, .nan])),
    ]
  }
}
