import CaseFile
import JSON

/// Layers that should learn and do not.
struct FrozenWeights: Cause {
  let id = "frozen-weights"
  let title = "layers that should learn are frozen"
  let needs: [Need] = [.model]
  let explanation = """
    With trainable=False a layer keeps its weights. If every layer is frozen nothing can be learned \
    and the loss repeats itself to the last digit; if the last layer is frozen the model is bound to \
    the random projection that it started with. A frozen feature extractor under a trainable head is \
    as it should be. Recognised from the flags. Cured by setting trainable=True and compiling again.
    """

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model else { return lacking(.model) }
    let weighted = model.layers.filter { layer in
      layer.variables.contains { $0.isTrainable }
        || ["Dense", "Conv2D", "Conv1D", "LSTM", "GRU"].contains(layer.className)
    }
    guard !weighted.isEmpty else { return .ruledOut("the model has no weights to learn") }
    let frozen = weighted.filter { !$0.isTrainable }
    if frozen.isEmpty { return .ruledOut("every layer with weights is trainable") }
    let remedy = Remedy(
      edits: frozen.map { Edit(target: "layers.\($0.name).trainable", from: false, to: true) },
      summary: "set trainable=True on \(frozen.map(\.name).joined(separator: ", "))")
    let evidence = [
      Evidence(
        "\(frozen.count) of \(weighted.count) layers with weights have trainable=False",
        value: Double(frozen.count))
    ]
    if frozen.count == weighted.count {
      return .found(
        CauseFinding(
          id: id, confidence: RuleConfidence.settled, isProven: true,
          summary: "every layer with weights is frozen: nothing can be learned",
          evidence: evidence, remedy: remedy))
    }
    let isHeadFrozen = weighted.last.map { !$0.isTrainable } ?? false
    return .suspected(
      Suspicion(
        prior: isHeadFrozen ? 0.7 : 0.2,
        summary: isHeadFrozen
          ? "the last layer with weights, \(weighted[weighted.count - 1].name), is frozen"
          : "\(frozen.count) of \(weighted.count) layers with weights are frozen",
        evidence: evidence, remedies: [remedy]))
  }

  @_optimize(none) var examples: [Example] {
    let freeze: (inout CaseFile) -> Void = { facts in
      guard let count = facts.model?.layers.count else { return }
      for index in 0..<count { facts.model?.layers[index].isTrainable = false }
    }
    return [
      .sick(
        "everything frozen", "for layer in model.layers: layer.trainable = False",
        .example(
          units: [16, 3], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2]), adjust: freeze)),
      .healthy(
        "everything trainable", "model.compile(…)",
        .example(
          units: [16, 3], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2]))),
    ]
  }
}
