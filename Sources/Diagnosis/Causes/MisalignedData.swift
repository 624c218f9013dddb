import CaseFile
import JSON

/// Rows of features and targets that do not belong together.
struct MisalignedData: Cause {
  let id = "misaligned-data"
  let title = "features and labels do not belong together"
  let needs: [Need] = [.features, .labels, .trials]
  let explanation = """
    If the features were shuffled and the labels were not, or a generator pairs the wrong rows, every \
    label is right and none stands at its row. A model can then only remember rows one by one. Recognised \
    by an experiment: the same run with the labels shuffled on purpose learns just as fast, and on \
    held-out rows the model says no more than a constant. A weak signal learns faster than shuffled \
    labels do. There is no cure in the program: look where rows are shuffled, sorted, dropped or batched.
    """

  /// The run with the true labels must explain more of them than the run with shuffled ones by this
  /// share; two runs on shuffled labels differ by less.
  static let lead = 0.03
  /// A model that explains more than this of its rows may have learned them by heart, which works
  /// with any labels and tells nothing.
  static let memorisedSkill = 0.5
  /// A model that explains this share of held-out rows has learned something of their labels.
  static let heldOutSkill = 0.02

  func examine(_ facts: CaseFile) -> Examination {
    guard facts.data?.targets != nil else { return lacking(.features, .labels) }
    if let misplaced = facts.data?.misplacedRows, let rows = facts.data?.features.first?.rows {
      return .found(shuffledAlone(misplaced, of: rows))
    }
    guard let own = facts.measurements?.baseline.first else { return lacking(.trials) }
    guard let shuffled = facts.measurements?.shuffledLabels else {
      return .ruledOut(
        "a remedy made the loss fall, or it falls; no control on shuffled labels needed")
    }
    guard own.skill.isFinite, shuffled.skill.isFinite else {
      return .ruledOut("the run does not train at all, with any labels")
    }
    guard own.skill < MisalignedData.memorisedSkill else {
      return .ruledOut("the model learns its rows by heart, with any labels")
    }
    let lead = own.skill - shuffled.skill
    guard lead < MisalignedData.lead, let heldOut = own.heldOutSkill,
      heldOut < MisalignedData.heldOutSkill, own.skill > MisalignedData.heldOutSkill
    else {
      return .ruledOut(
        "the true labels are learned better than shuffled ones, by \(figure(lead)) of the loss")
    }
    return .found(
      CauseFinding(
        id: id, confidence: RuleConfidence.inferred, isProven: false,
        summary:
          "the labels are learned no better than shuffled ones: rows of x and y do not belong"
          + " together",
        evidence: [
          Evidence(
            "the run explains \(figure(own.skill)) of its labels, with shuffled labels"
              + " \(figure(shuffled.skill)), of held-out rows \(figure(heldOut))", value: lead,
            basis: .trial)
        ]
          + (facts.measurements?.zeroedInputsLoss.map { zeroed in
            [
              Evidence(
                "loss on the training rows \(figure(own.trainingLoss)), with all features at 0"
                  + " \(figure(zeroed))", value: zeroed - own.trainingLoss, basis: .probe)
            ]
          } ?? []),
        advice: "look where rows of x and y are shuffled, sorted, dropped or batched apart"))
  }

  /// What the way in which rows were made settles without any experiment.
  private func shuffledAlone(_ misplaced: Int, of rows: Int) -> CauseFinding {
    CauseFinding(
      id: id, confidence: RuleConfidence.settled, isProven: true,
      summary:
        "\(misplaced) of \(rows) rows of features stand beside the labels of other rows: one of"
        + " both was shuffled alone",
      evidence: [Evidence("rows beside the labels of other rows", value: Double(misplaced))],
      advice: "shuffle x and y by the same order: order = np.random.permutation(len(x)); x, y ="
        + " x[order], y[order]")
  }

  @_optimize(none) var examples: [Example] {
    func measured(_ own: Double, _ heldOut: Double, shuffled: Double) -> CaseFile {
      .example(
        units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2])
      ) { facts in
        var measurements = Measurements()
        measurements.baseline = [
          Outcome(
            seed: 1, history: [:], trainingLoss: 1, heldOutLoss: 1, skill: own,
            heldOutSkill: heldOut)
        ]
        measurements.shuffledLabels = Outcome(
          seed: 1, history: [:], trainingLoss: 1, skill: shuffled)
        facts.measurements = measurements
      }
    }
    let traced = CaseFile.example(
      units: [16, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
      y: .classes([0, 1, 2])
    ) { facts in
      facts.data?.misplacedRows = 190
    }
    return [
      .sick(
        "features shuffled alone", "np.random.shuffle(x)", measured(0.06, -0.04, shuffled: 0.06)),
      .sick("shuffled alone, as the program shows", "x = x[np.random.permutation(len(x))]", traced),
      .healthy("a weak signal", "y depends a little on x", measured(0.07, 0.05, shuffled: 0.01)),
      .healthy(
        "a strong signal", "y depends on x", measured(0.9, 0.85, shuffled: 0.1)),
    ]
  }
}
