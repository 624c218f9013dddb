import CaseFile
import JSON

/// A share of the labels is wrong.
struct LabelNoise: Cause {
  let id = "label-noise"
  let title = "a share of the labels is wrong"
  let needs: [Need] = [.features, .labels, .trials]
  let explanation = """
    A model that is shown wrong labels learns them by heart, one row at a time: the training loss falls \
    late and slowly, and the loss of held-out rows rises meanwhile. Recognised by confident learning: the \
    rows are divided into parts, the user's own model is trained on all but one and predicts that one; a \
    row whose label it finds unlikely and another class likely, by the standards of both classes, is a \
    suspect. Suspects alone prove nothing, because classes may overlap. Proven by a trial without the \
    suspects in which held-out rows, with their labels as they are, are predicted far better. The suspects \
    are listed; look at them before dropping them.
    """

  /// Below this share suspects are the hard rows that every data set has.
  static let noisyShare = 0.1
  /// Held-out rows with sound labels agree with predictions more often than training rows with wrong
  /// ones, by about the share that is wrong; two samples of the same rows differ by less than this.
  static let agreementGap = 0.1
  /// So many suspects are named in the evidence.
  private static let listed = 12

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let data = facts.data, let targets = data.targets else {
      return lacking(.features, .labels)
    }
    guard TargetReading(targets).areClasses else {
      return .ruledOut("the targets are no classes")
    }
    guard let noise = facts.measurements?.labelAudit else {
      guard facts.measurements != nil else { return lacking(.trials) }
      return .ruledOut("held-out rows are predicted as they should be; no folds needed")
    }
    guard noise.share >= LabelNoise.noisyShare else {
      return .ruledOut(
        "out-of-fold predictions contradict \(percentage(noise.share)) of the labels")
    }
    let gap = noise.heldOutAgreement.map { $0 - noise.agreement } ?? 0
    let isWorseThanHeldOut = gap > LabelNoise.agreementGap
    let few = noise.suspects.prefix(LabelNoise.listed).map(String.init)
    var evidence = [
      Evidence(
        "out-of-fold predictions contradict \(percentage(noise.share)) of the labels, each by the"
          + " standards of both classes", value: noise.share, basis: .trial,
        sample: "\(noise.folds) folds"),
      Evidence(
        "suspect rows: " + few.joined(separator: ", ")
          + (noise.suspects.count > few.count ? ", … (\(noise.suspects.count))" : ""),
        value: Double(noise.suspects.count), basis: .trial),
    ]
    if let heldOut = noise.heldOutAgreement {
      evidence.append(
        Evidence(
          "predictions agree with \(percentage(noise.agreement)) of the training labels, with"
            + " \(percentage(heldOut)) of the held-out ones", value: gap, basis: .trial))
    }
    return .suspected(
      Suspicion(
        prior: isWorseThanHeldOut ? 0.85 : 0.4,
        summary: "about \(percentage(noise.share)) of the labels look wrong"
          + " (\(noise.suspects.count) rows)",
        evidence: evidence,
        remedies: [
          Remedy(edits: [
            Edit(
              target: "data.drop_rows", to: ["rows": .array(noise.suspects.map { .int($0) })])
          ])
        ], judgedBy: .heldOut, suspectRows: noise.rows))
  }

  @_optimize(none) var examples: [Example] {
    func folded(_ share: Double, agreement: Double, heldOut: Double) -> CaseFile {
      .example(
        units: [64, 3], activations: ["relu", "softmax"], loss: "sparse_categorical_crossentropy",
        y: .classes([0, 1, 2])
      ) { facts in
        var measurements = Measurements()
        measurements.labelAudit = LabelAudit(
          suspects: Array(0..<Int(share * 200)), share: share, agreement: agreement,
          heldOutAgreement: heldOut, folds: 4)
        facts.measurements = measurements
      }
    }
    return [
      .sick(
        "a third of the labels was drawn at random", "y[wrong] = rng.integers(0, 3, wrong.sum())",
        folded(0.3, agreement: 0.65, heldOut: 0.94)),
      .healthy(
        "a few hard rows", "handwritten digits, some of them unreadable",
        folded(0.03, agreement: 0.95, heldOut: 0.96)),
    ]
  }
}
