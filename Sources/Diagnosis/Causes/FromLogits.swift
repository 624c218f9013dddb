import CaseFile
import JSON

/// A `from_logits` flag that contradicts the last activation.
struct FromLogits: Cause {
  let id = "from-logits"
  let title = "from_logits contradicts the last activation"
  let needs: [Need] = [.model]
  let explanation = """
    With from_logits=True the cross-entropy applies the sigmoid or softmax itself. If the model ends \
    in one as well it is applied twice: all probabilities are squeezed together, the loss cannot fall \
    below a floor and gradients are weak. The other way round, a linear output with \
    from_logits=False is read as probabilities: values outside [0, 1] are clipped, and where they are \
    clipped there is no gradient. Recognised from the flag and the activation. Cured by flipping the \
    flag. On TensorFlow a doubled activation does no harm, because Keras finds the logits behind it.
    """

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let reading = ContractReading(facts) else { return lacking(.model) }
    let (head, loss) = (reading.head, reading.loss)
    guard loss.isCrossentropy else { return .ruledOut("\(loss.name) knows no logits") }
    if loss.fromLogits, head.isProbability {
      guard !reading.isTensorFlow else {
        return .ruledOut("on TensorFlow Keras takes the logits from behind the \(head.activation)")
      }
      return found(
        reading,
        "from_logits=True, but the model ends in \(head.activation): it is applied twice", to: false
      )
    }
    // Written out by hand as an object, the flag is the slip; in the short form, as a string, it is
    // the activation that was forgotten (`output-activation`).
    if !loss.fromLogits, head.activation == "linear", loss.isObject, fits(reading) {
      return found(
        reading,
        "from_logits=False, but the model ends without an activation: logits are read as"
          + " probabilities", to: true)
    }
    return .ruledOut("from_logits=\(loss.fromLogits ? "True" : "False") fits \(head.activation)")
  }

  /// Whether the rest of the contract stands, so that the flag is all that is wrong.
  private func fits(_ reading: ContractReading) -> Bool {
    guard let target = reading.target else { return true }
    if case .real = target {
      // Soft labels within [0, 1] belong under a cross-entropy, measurements do not.
      return reading.areProbabilities
    }
    return true
  }

  private func found(_ reading: ContractReading, _ summary: String, to flag: Bool) -> Examination {
    .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.settled, isProven: true, summary: summary,
        evidence: [
          Evidence(
            "last activation \(reading.head.activation) in \(reading.head.activationLayer),"
              + " from_logits=\(flag ? "False" : "True")")
        ],
        remedy: Remedy(edits: [
          Edit(target: "loss.from_logits", from: .bool(!flag), to: .bool(flag))
        ])))
  }

  @_optimize(none) var examples: [Example] {
    [
      .sick(
        "sigmoid applied twice",
        "Dense(1, activation='sigmoid'); BinaryCrossentropy(from_logits=True)",
        .example(
          units: [16, 1], activations: ["relu", "sigmoid"],
          loss: CaseFile.crossentropy("BinaryCrossentropy", fromLogits: true), y: .classes([0, 1]))),
      .sick(
        "logits read as probabilities", "Dense(4); CategoricalCrossentropy(from_logits=False)",
        .example(
          units: [16, 4], activations: ["relu", "linear"],
          loss: CaseFile.crossentropy("CategoricalCrossentropy", fromLogits: false), y: .oneHot(4))),
      .healthy(
        "logits, and the flag says so", "Dense(1); BinaryCrossentropy(from_logits=True)",
        .example(
          units: [16, 1], activations: ["relu", "linear"],
          loss: CaseFile.crossentropy("BinaryCrossentropy", fromLogits: true), y: .classes([0, 1]))),
      .healthy(
        "doubled on TensorFlow, where the logits are found",
        "Dense(4, activation='softmax'); …(from_logits=True) on TensorFlow",
        .example(
          units: [16, 4], activations: ["relu", "softmax"],
          loss: CaseFile.crossentropy("SparseCategoricalCrossentropy", fromLogits: true),
          y: .classes([0, 1, 2, 3]), backend: "tensorflow")),
    ]
  }
}
