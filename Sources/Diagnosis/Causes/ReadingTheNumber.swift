import CaseFile
import JSON

/// Nothing is broken: the number is read in a way it was not made for.
struct ReadingTheNumber: Cause {
  let id = "reading-the-number"
  let title = "nothing is broken: how the number is made"
  let needs: [Need] = [.model, .log]
  let explanation = """
    The loss that Keras shows for an epoch is the mean over batches, each computed before its own \
    update and with dropout on; the validation loss is computed afterwards, with dropout off. So the \
    training loss may well lie above the validation loss. Both contain the penalties of L1 and L2, \
    metrics do not. With label smoothing or soft targets the loss has a floor above 0. Recognised by \
    evaluating the same rows again with frozen weights: the gap disappears. There is nothing to mend.
    """

  /// The training loss must exceed the validation loss by this factor at the end to need a word of
  /// explanation.
  static let oddRatio = 1.25

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model else { return lacking(.model) }
    let history = facts.recorded?.history ?? facts.measurements?.baseline.first?.history ?? [:]
    guard let training = history["loss"]?.last, let validation = history["val_loss"]?.last else {
      return lacking(.log)
    }
    let drops = model.layers.contains { $0.className.contains("Dropout") }
    guard drops, validation > 0, training > ReadingTheNumber.oddRatio * validation else {
      return .ruledOut("training and validation loss stand to each other as they usually do")
    }
    var evidence = [
      Evidence(
        "last epoch: loss \(figure(training)) with dropout on, val_loss \(figure(validation)) with"
          + " dropout off", basis: .log)
    ]
    if let frozen = facts.measurements?.baseline.first?.trainingLoss {
      guard frozen < training else {
        return .ruledOut("with dropout off the training loss is no lower")
      }
      evidence.append(
        Evidence(
          "the training rows evaluated with dropout off: \(figure(frozen))", value: frozen,
          basis: .probe))
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.settled, isProven: false,
        summary: "the training loss is shown with dropout on, the validation loss with dropout off",
        evidence: evidence, advice: "compare model.evaluate(x, y) with model.evaluate(x_val, y_val)"
      )
    )
  }

  @_optimize(none) var examples: [Example] {
    func dropout(_ loss: Double, _ validation: Double) -> CaseFile {
      .example(
        units: [256, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2]), history: ["loss": [1.2, loss], "val_loss": [0.8, validation]]
      ) { facts in
        facts.model?.layers.insert(
          LayerFacts(
            name: "dropout", className: "Dropout", configuration: ["rate": 0.5], inputs: ["dense"]),
          at: 2)
        facts.model?.layers[3].inputs = ["dropout"]
      }
    }
    return [
      .sick(
        "dropout makes the training loss look worse", "loss: 0.42, val_loss: 0.25",
        dropout(0.42, 0.25)),
      .healthy("the usual order", "loss: 0.25, val_loss: 0.28", dropout(0.25, 0.28)),
    ]
  }
}
