import CaseFile
import JSON

/// NaN or absurd values in the initial or loaded weights.
struct BadWeights: Cause {
  let id = "bad-weights"
  let title = "NaN or absurd weights from the start"
  let needs: [Need] = [.model]
  let explanation = """
    Weights that were saved after a run had diverged, or converted from elsewhere by mistake, hold \
    NaN, infinities or numbers beyond all measure. No data and no rate can mend them: every output is \
    NaN from the first step on. Recognised by a scan of the weights. Cured by initialising the \
    damaged layers afresh, or by loading an older checkpoint.
    """

  /// No initialiser and no sound training gives a single weight of this size; products of two such
  /// layers leave the range in which float32 still counts by ones.
  static let absurdMagnitude = 1e6

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model else { return lacking(.model) }
    let scanned = model.layers.filter { $0.variables.contains { $0.statistics != nil } }
    guard !scanned.isEmpty else {
      return .notExamined(needs: [.model], hint: "the model was given without weights")
    }
    let bad = scanned.filter { layer in layer.variables.contains(where: isBad) }
    guard let first = bad.first else {
      return .ruledOut("all weights are finite and below \(figure(BadWeights.absurdMagnitude))")
    }
    let evidence = bad.flatMap { layer in
      layer.variables.filter(isBad).map { variable in
        let figures = variable.statistics
        return Evidence(
          "\(layer.name)/\(variable.name): \(figures?.nanCount ?? 0) NaN,"
            + " \(figures?.infinityCount ?? 0) infinite of \(figures?.count ?? 0), largest"
            + " \(figure(max(abs(figures?.minimum ?? 0), abs(figures?.maximum ?? 0))))")
      }
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.settled, isProven: true,
        summary: "the weights of \(first.name) are damaged before the first step",
        evidence: evidence,
        remedy: Remedy(
          edits: bad.map { Edit(target: "layers.\($0.name).weights", to: "reinitialise") },
          summary: "initialise \(bad.map(\.name).joined(separator: ", ")) afresh")))
  }

  /// Statistics such as moving variances may be large; only what is learned is judged by size.
  private func isBad(_ variable: VariableFacts) -> Bool {
    guard let figures = variable.statistics else { return false }
    if figures.nonFiniteCount > 0 { return true }
    let largest = max(abs(figures.minimum), abs(figures.maximum))
    return variable.isTrainable && largest > BadWeights.absurdMagnitude
  }

  @_optimize(none) var examples: [Example] {
    let damaged = Statistics(
      count: 128, nanCount: 3, minimum: -0.3, maximum: 0.3, mean: 0, standardDeviation: 0.1)
    return [
      .sick(
        "a checkpoint of a run that had diverged", "model.load_weights('last.weights.h5')",
        .example(
          units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread(),
          kernel: damaged)),
      .healthy(
        "glorot_uniform", "Dense(16, activation='relu')",
        .example(units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread())),
    ]
  }
}
