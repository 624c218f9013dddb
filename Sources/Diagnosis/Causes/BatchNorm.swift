import CaseFile
import JSON

/// Batch normalisation whose moving statistics are not those of the batches.
struct BatchNorm: Cause {
  let id = "batch-norm"
  let title = "batch normalisation differs between training and use"
  let needs: [Need] = [.model, .trials]
  let explanation = """
    In training a BatchNormalization layer uses mean and spread of the batch, afterwards moving averages of \
    them. With Keras' momentum of 0.99 these follow by a hundredth a step: after twenty steps they still \
    say 0 and 1, and a model whose training loss is fine gives nonsense in evaluate and predict. Batches of \
    one or two rows are normalised to nothing at all, and frozen layers keep the statistics of other data. \
    Recognised from the loss of the same rows in training mode against inference mode. Proven by a trial \
    with a momentum that fits the number of steps, or with larger batches.
    """

  /// Training mode must explain more of the targets than inference mode by this share: a run that
  /// learns quickly is always a step ahead of its moving averages, but not by that much.
  static let modeGap = 0.25
  /// So few rows have no spread worth the name.
  static let tinyBatch = 2
  /// What is left of the first statistics at the end of a run with the momentum that is proposed.
  static let remainder = 0.02

  func examine(_ facts: CaseFile) -> Examination {
    guard let model = facts.model else { return lacking(.model) }
    let layers = model.layers.filter { $0.className == "BatchNormalization" }
    guard !layers.isEmpty else { return .ruledOut("the model has no BatchNormalization layer") }
    if let fit = facts.fit, fit.batchSize <= BatchNorm.tinyBatch,
      let features = facts.data?.features.first, features.rows > 4 * BatchNorm.tinyBatch,
      !(features.unknown?.contains(.rows) ?? false)
    {
      return .suspected(
        Suspicion(
          prior: 0.7,
          summary: "batches of \(fit.batchSize) rows have no mean and spread to normalise by",
          evidence: [Evidence("batch_size", value: Double(fit.batchSize))],
          remedies: [
            Remedy(edits: [Edit(target: "fit.batch_size", from: .int(fit.batchSize), to: 32)])
          ]))
    }
    guard let outcome = facts.measurements?.baseline.first else { return lacking(.trials) }
    guard let trivial = ContractReading(facts).flatMap(TrivialLoss.init),
      let shown = outcome.history["loss"]?.last, shown.isFinite
    else { return .ruledOut("the loss of training mode says nothing here") }
    let gap = trivial.skill(shown) - max(outcome.skill.isFinite ? outcome.skill : -1, -1)
    guard gap > BatchNorm.modeGap, trivial.skill(shown) > CureCriterion.minimumSkill else {
      return .ruledOut(
        "training mode and inference mode explain the same share of the rows, within"
          + " \(figure(max(gap, 0)))")
    }
    return .suspected(
      Suspicion(
        prior: 0.85,
        summary: "the same rows have the loss \(figure(shown)) in training mode and"
          + " \(figure(outcome.trainingLoss)) in inference mode",
        evidence: [
          Evidence(
            "share explained in training mode against inference mode"
              + " \(figure(trivial.skill(shown))) and \(figure(outcome.skill))", value: gap,
            basis: .trial)
        ], remedies: remedies(layers, facts)))
  }

  private func remedies(_ layers: [LayerFacts], _ facts: CaseFile) -> [Remedy] {
    let frozen = layers.filter { !$0.isTrainable }
    if !frozen.isEmpty {
      return [
        Remedy(
          edits: frozen.map {
            Edit(target: "layers.\($0.name).trainable", from: false, to: true)
          })
      ]
    }
    let steps = TooFewEpochs.steps(facts, epochs: facts.fit?.epochs ?? 1) ?? 100
    // momentum^steps = remainder, within what is usual.
    let fitting = exponential(logarithm(BatchNorm.remainder) / Double(max(1, steps)))
    let momentum = (min(max(fitting, 0.5), 0.95) * 100).rounded() / 100
    return [
      Remedy(
        edits: layers.map {
          Edit(
            target: "layers.\($0.name).momentum",
            from: $0.configuration["momentum"] ?? 0.99, to: .double(momentum))
        })
    ]
  }

  @_optimize(none) var examples: [Example] {
    func trained(shown: Double, evaluated: Double, skill: Double) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2])
      ) { facts in
        facts.model?.layers.insert(
          LayerFacts(
            name: "batch_normalization", className: "BatchNormalization",
            configuration: ["momentum": 0.99], inputs: ["dense"]), at: 2)
        facts.model?.layers[3].inputs = ["batch_normalization"]
        var measurements = Measurements()
        measurements.baseline = [
          Outcome(
            seed: 1, history: ["loss": [1.0, shown]], trainingLoss: evaluated, skill: skill)
        ]
        facts.measurements = measurements
      }
    }
    return [
      .sick(
        "moving statistics lag behind", "3 epochs of 6 batches; BatchNormalization()",
        trained(shown: 0.3, evaluated: 1.4, skill: -0.27)),
      .healthy(
        "both modes agree", "40 epochs; BatchNormalization()",
        trained(shown: 0.1, evaluated: 0.09, skill: 0.91)),
    ]
  }
}
