import CaseFile
import JSON

/// Training goes on without what the optimizer had remembered.
struct OptimizerStateLost: Cause {
  let id = "optimizer-state-lost"
  let title = "training was resumed without the optimizer's state"
  let needs: [Need] = [.model, .log]
  let explanation = """
    Adam's moments, the momentum of SGD and the step of a schedule belong to the optimizer, not to the \
    weights. load_weights from a file of weights only, or compile called again after loading, starts them \
    from nothing: the first steps are as long as those of a fresh run, and they undo what had been \
    learned. Recognised from a run that starts at a later epoch with trained weights, an optimizer that \
    has taken no step, and a loss in its first epoch that lies above the one its weights start with. \
    Cured by model.save and load_model, which keep both, or by a few warm-up steps at a low rate.
    """

  /// The first epoch's loss must lie above that of the initial weights by this factor: a mean over an
  /// epoch that learns lies below it.
  static let jumpRatio = 1.5

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model, facts.compilation != nil else { return lacking(.model) }
    guard let fit = facts.fit else {
      return .notExamined(needs: [.log], hint: "add the arguments of fit in a capture folder")
    }
    guard fit.initialEpoch > 0 else { return .ruledOut("the run starts at its first epoch") }
    guard model.optimizerIterations ?? 0 == 0 else {
      return .ruledOut("the optimizer goes on after \(model.optimizerIterations ?? 0) steps")
    }
    guard let first = facts.recorded?.history["loss"]?.first, first.isFinite else {
      return lacking(.log)
    }
    guard let start = facts.measurements?.initialLoss else { return lacking(.trials) }
    let whole = start + (facts.measurements?.initialPenalty ?? 0)
    guard first > OptimizerStateLost.jumpRatio * whole, whole > 0 else {
      return .ruledOut("the first epoch goes on where the weights had come to")
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.inferred,
        summary:
          "the run goes on at epoch \(fit.initialEpoch + 1) with an optimizer that has taken no"
          + " step, and the loss jumps from \(figure(whole)) to \(figure(first))",
        evidence: [
          Evidence("loss of the weights that the run starts with", value: whole, basis: .probe),
          Evidence("loss of the first epoch", value: first, basis: .log),
        ], advice: "resume from model.save and load_model, without compiling again"))
  }

  @_optimize(none) var examples: [Example] {
    func resumed(_ first: Double, steps: Int) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2]), history: ["loss": [first, 0.4, 0.3]]
      ) { facts in
        facts.fit = FitFacts(epochs: 30, initialEpoch: 20)
        facts.model?.optimizerIterations = steps
        var measurements = Measurements()
        measurements.initialLoss = 0.2
        facts.measurements = measurements
      }
    }
    return [
      .sick(
        "weights alone were loaded", "model.load_weights(…); model.fit(…, initial_epoch=20)",
        resumed(0.9, steps: 0)),
      .healthy(
        "model and optimizer were loaded", "load_model(…); model.fit(…, initial_epoch=20)",
        resumed(0.19, steps: 4000)),
      .healthy(
        "no jump, no harm", "model.load_weights(…); model.fit(…, initial_epoch=20)",
        resumed(0.19, steps: 0)),
    ]
  }
}
