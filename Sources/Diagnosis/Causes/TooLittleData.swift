import CaseFile
import JSON

/// Too few rows for the model to learn what holds for others.
struct TooLittleData: Cause {
  let id = "too-little-data"
  let title = "too few rows for the model"
  let needs: [Need] = [.features, .labels, .validation, .trials]
  let explanation = """
    A few dozen rows do not pin down thousands of weights: the training loss goes to nothing, and held-out \
    rows are predicted no better than by chance. The mark that rows are lacking, and not that the model is \
    sick, is the learning curve: with half of the rows held-out rows are predicted far worse than with \
    all, so that more rows would help further. Helped by noise on the inputs (each row stands for its \
    neighbourhood), for images by flips and shifts, and by smaller models; best by more data.
    """

  /// Held-out rows must lose this share of what a constant prediction leaves open when half of the
  /// training rows is taken away: else more rows are of no use either.
  static let lostShare = 0.1
  /// From this share on held-out rows are predicted well enough.
  static let enoughSkill = 0.6
  /// The spread of the noise, in spreads of a standardised column.
  static let noise = 0.3

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let data = facts.data, data.targets != nil else { return lacking(.features, .labels) }
    guard let own = facts.measurements?.baseline.first else { return lacking(.trials) }
    guard let heldOut = own.heldOutSkill else { return lacking(.validation) }
    guard let half = facts.measurements?.halfOfTheRows?.heldOutSkill else {
      return .ruledOut("held-out rows are predicted as they should be")
    }
    let lost = max(heldOut, -1) - max(half, -1)
    guard lost > TooLittleData.lostShare, heldOut < TooLittleData.enoughSkill,
      own.skill > CureCriterion.minimumSkill
    else {
      return .ruledOut(
        "with half of the rows held-out rows lose \(figure(max(lost, 0))) of what is explained")
    }
    let rows = data.features.first?.rows ?? 0
    return .suspected(
      Suspicion(
        prior: 0.6,
        summary: "\(rows) rows are too few: with half of them held-out rows are predicted worse by"
          + " \(figure(lost))",
        evidence: [
          Evidence(
            "share of held-out rows explained with all rows \(figure(heldOut)), with half of them"
              + " \(figure(half))", value: lost, basis: .trial)
        ], remedies: remedies(facts)))
  }

  /// Noise in the place where the features enter, for tables: images are another matter.
  private func remedies(_ facts: CaseFile) -> [Remedy] {
    guard let model = facts.model, let input = model.layers.first,
      facts.data?.features.first?.shape.count == 2
    else { return [] }
    return [
      Remedy(
        edits: [
          Edit(
            target: "layers.\(input.name).insert_after",
            to: [
              "class_name": "GaussianNoise", "config": ["stddev": .double(TooLittleData.noise)],
            ])
        ], summary: "noise on the features while training")
    ]
  }

  @_optimize(none) var examples: [Example] {
    func curve(all: Double, half: Double) -> CaseFile {
      .example(
        units: [256, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2], rows: 40)
      ) { facts in
        var measurements = Measurements()
        measurements.baseline = [
          Outcome(seed: 1, history: [:], trainingLoss: 0.01, skill: 0.99, heldOutSkill: all)
        ]
        measurements.halfOfTheRows = Outcome(
          seed: 1, history: [:], trainingLoss: 0.01, skill: 0.99, heldOutSkill: half)
        facts.measurements = measurements
      }
    }
    return [
      .sick("forty rows, and the curve still climbs", "x = x[:40]", curve(all: 0.3, half: 0.05)),
      .healthy("the curve has levelled out", "x = x[:4000]", curve(all: 0.5, half: 0.48)),
    ]
  }
}
