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
      return .ruledOut("no hidden layer has fewer than \(Underfitting.narrow) units")
    }
    // Only a sick run is tried with wider layers: see the threshold for runs that learn.
    return .suspected(
      Suspicion(
        prior: 0.35,
        summary: "\(narrowest.name) has \(narrowest.units ?? 0) units",
        evidence: [
          Evidence(
            "narrow layers: "
              + narrow.map { "\($0.name) (\($0.units ?? 0))" }.joined(separator: ", "))
        ],
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
