import CaseFile
import JSON

/// Batches so large that few steps are taken, or so small that steps are mostly noise.
struct BatchSize: Cause {
  let id = "batch-size"
  let title = "batches too large or too small"
  let needs: [Need] = [.features, .trials]
  let explanation = """
    With all rows in one batch an epoch is one step, and twenty epochs are twenty steps, whatever the \
    machine could do. With one row a batch each step follows that row's error, and at an unchanged rate \
    the loss wanders around its minimum. Neither is a fault by itself: full batches with hundreds of \
    epochs train well. Suspected from the number of steps; proven by a trial with batches of 32 rows.
    """

  /// A run of fewer steps than this has hardly begun, with any optimizer.
  static let fewSteps = 120
  /// Batches larger than this could have been several.
  static let largeBatch = 64
  /// Up to so many rows a batch is mostly noise.
  static let smallBatch = 2
  /// Keras' default.
  static let standardBatch = 32

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let features = facts.data?.features.first, features.rows > 0,
      !(features.unknown?.contains(.rows) ?? false)
    else { return lacking(.features) }
    let rows = features.rows
    guard let fit = facts.fit else {
      return .notExamined(needs: [.log], hint: "add the arguments of fit: --batch-size, --epochs")
    }
    let steps = TooFewEpochs.steps(facts, epochs: fit.epochs - fit.initialEpoch) ?? 0
    let noise =
      facts.measurements?.gradientNoiseScale.map {
        [
          Evidence(
            "gradient noise scale: batches of about \(figure($0.rounded())) rows have as much noise as"
              + " direction before the first step", value: $0, basis: .probe)
        ]
      } ?? []
    let size = min(fit.batchSize, rows)
    if size > BatchSize.largeBatch, steps < BatchSize.fewSteps,
      rows >= 4 * BatchSize.standardBatch
    {
      return suspect(
        0.5, "\(fit.epochs) epochs of batches of \(size) rows are \(steps) steps", size,
        Evidence("steps of the optimizer", value: Double(steps)), noise)
    }
    if size <= BatchSize.smallBatch, rows >= 2 * BatchSize.standardBatch {
      // Where single rows agree on the direction, small batches do no harm.
      let isNoisy = (facts.measurements?.gradientNoiseScale ?? .infinity) > Double(size)
      return suspect(
        isNoisy ? 0.3 : 0.1, "batches of \(size) row\(size == 1 ? "" : "s") make noisy steps", size,
        Evidence("batch_size", value: Double(size)), noise)
    }
    return .ruledOut("batches of \(size) rows, \(steps) steps")
  }

  private func suspect(
    _ prior: Double, _ summary: String, _ size: Int, _ evidence: Evidence,
    _ noise: [Evidence]
  ) -> Examination {
    .suspected(
      Suspicion(
        prior: prior, summary: summary, evidence: [evidence] + noise,
        remedies: [
          Remedy(edits: [
            Edit(target: "fit.batch_size", from: .int(size), to: .int(BatchSize.standardBatch))
          ])
        ]))
  }

  @_optimize(none) var examples: [Example] {
    func fitted(_ size: Int, _ epochs: Int) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2])
      ) { $0.fit = FitFacts(epochs: epochs, batchSize: size) }
    }
    return [
      .sick("ten steps in all", "model.fit(x, y, batch_size=len(x), epochs=10)", fitted(200, 10)),
      .healthy(
        "full batches, but five hundred of them", "model.fit(x, y, batch_size=len(x), epochs=500)",
        fitted(200, 500)),
      .healthy("Keras' own", "model.fit(x, y, epochs=20)", fitted(32, 20)),
    ]
  }
}
