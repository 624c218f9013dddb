import CaseFile
import JSON

/// Too few units to say what the data hold.
struct Underfitting: Cause {
  let id = "underfitting"
  let title = "too few units"
  let needs: [Need] = [.model, .trials]
  let explanation = """
    A hidden layer passes on no more than its units can say: two relu units before ten classes let the \
    loss come to rest far too high, however long the training. Suspected from layers narrower than what \
    comes out of the model; proven by a trial in which wider layers alone lower the training loss and the \
    held-out loss. A narrow code in an autoencoder is narrow on purpose, and a model that fits its data \
    needs no more units.
    """

  /// Hidden layers with fewer units than this are called narrow; 8 units already bend a plane around
  /// most small tasks.
  static let narrow = 8
  /// To how many units narrow layers are widened in the trial.
  static let widened = 64

  /// With this many units or fewer a layer is a bottleneck whatever comes behind it: a line or a plane
  /// through the features is all that it passes on.
  static let bottleneck = 2

  /// A model that learns this share of one batch by heart has units enough for a few rows at least.
  static let byHeart = 0.97

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model else { return lacking(.model) }
    guard let head = Head(model) else {
      return .notExamined(needs: [.model], hint: "the order of the layers is not known")
    }
    let hidden = model.layers.filter {
      $0.className == "Dense" && $0.name != head.unitsLayer && $0.units != nil
    }
    let narrow = hidden.filter { ($0.units ?? .max) < Underfitting.narrow }
    guard let narrowest = narrow.min(by: { ($0.units ?? 0) < ($1.units ?? 0) }) else {
      if let linear = linearModel(facts, model, head) { return .suspected(linear) }
      return .ruledOut("no hidden layer has fewer than \(Underfitting.narrow) units")
    }
    let units = narrowest.units ?? 0
    // A run that learns is tried with wider layers only where the width is a matter of principle; the
    // code of an autoencoder is narrow on purpose.
    let byHeart = facts.measurements?.oneBatch?.skill
    let isBottleneck =
      units <= Underfitting.bottleneck && !isAutoencoder(facts)
      && (byHeart ?? 0) < Underfitting.byHeart
    return .suspected(
      Suspicion(
        prior: isBottleneck ? 0.45 : 0.35,
        summary: "\(narrowest.name) has \(units) unit\(units == 1 ? "" : "s")",
        evidence: [
          Evidence(
            "narrow layers: "
              + narrow.map { "\($0.name) (\($0.units ?? 0))" }.joined(separator: ", "))
        ]
          + (byHeart.map {
            [
              Evidence(
                "of a single batch, shown again and again, the model learns \(percentage($0))",
                value: $0, basis: .trial)
            ]
          } ?? []),
        remedies: [
          Remedy(
            edits: narrow.map {
              Edit(
                target: "layers.\($0.name).units", from: .int($0.units ?? 0),
                to: .int(Underfitting.widened))
            },
            summary: "\(Underfitting.widened) units in "
              + narrow.map(\.name).joined(separator: ", "))
        ]))
  }

  /// A model without any hidden layer, whose run comes to nothing: what is to be learned may bend.
  private func linearModel(
    _ facts: CaseFile, _ model: ModelFacts, _ head: Head
  ) -> Suspicion? {
    let weighted = model.layers.filter { !$0.variables.isEmpty }
    guard weighted.count == 1, weighted[0].className == "Dense",
      let before = weighted[0].inputs.first, RunHealth(facts)?.state == .stuck
    else { return nil }
    return Suspicion(
      prior: 0.4,
      summary: "the model is a single layer, which draws straight lines only",
      evidence: [Evidence("layers with weights: \(head.unitsLayer)", value: 1)],
      remedies: [
        Remedy(
          edits: [
            Edit(
              target: "layers.\(before).insert_after",
              to: [
                "class_name": "Dense",
                "config": [
                  "units": .int(Underfitting.widened), "activation": "relu",
                  "kernel_initializer": "he_normal",
                ],
              ])
          ], summary: "a hidden layer of \(Underfitting.widened) relu units")
      ])
  }

  /// Whether the targets have the shape of the features, as those of an autoencoder.
  private func isAutoencoder(_ facts: CaseFile) -> Bool {
    guard let features = facts.data?.features.first, let targets = facts.data?.targets else {
      return false
    }
    return targets.rowLength > 1 && targets.rowLength == features.rowLength
  }

  @_optimize(none) var examples: [Example] {
    [
      .sick(
        "two units before ten classes", "Dense(2, activation='relu'), Dense(10, 'softmax')",
        .example(
          units: [2, 10], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))),
      .healthy(
        "sixteen units", "Dense(16, activation='relu')",
        .example(
          units: [16, 3], activations: ["relu", "softmax"],
          loss: "sparse_categorical_crossentropy", y: .classes([0, 1, 2]))),
    ]
  }
}
