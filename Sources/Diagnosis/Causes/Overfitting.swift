import CaseFile
import JSON

/// Training loss that falls while the validation loss rises.
struct Overfitting: Cause {
  let id = "overfitting"
  let title = "the model learns its rows by heart"
  let needs: [Need] = [.validation, .log]
  let explanation = """
    A model with more weights than the rows can pin down goes on lowering the training loss by \
    remembering rows, and what it remembers does not hold for others: the validation loss turns around \
    and rises. With cross-entropies part of the rise is over-confidence. A gap between both losses alone \
    is no fault, nor is a validation loss that has levelled out. Recognised from the turn of the \
    validation loss against the fall of the training loss. Cured by stopping at the turn, weight \
    penalties, dropout, more data or fewer units: whichever a trial proves on the held-out rows.
    """

  /// The validation loss must have risen from its lowest value by this share of what a constant
  /// prediction leaves open: less is the noise of a small validation set.
  static let risenShare = 0.1
  /// And by this factor, so that a turn near zero does not count.
  static let risenRatio = 1.3
  /// Meanwhile the training loss must have fallen to at most this share of its value at the turn.
  static let fallenShare = 0.6
  /// And must end above its lowest value by at most this share of the value at the turn: a training loss
  /// that rises as well is no matter of learning by heart.
  static let restingShare = 0.1
  /// The strength of L2 that is tried: Keras' default for the string `l2`.
  static let penalty = 0.01

  /// A model that learned its rows explains at least this share of them.
  static let learnedShare = 0.5
  /// Of a model that fits its rows nearly perfectly at least this share of what it explains must hold for
  /// other rows; where less does, most of it was learned by heart.
  static let transferredShare = 0.5
  /// Held-out rows are worse by so many standard errors of their mean loss: no chance of the sample.
  static let significance = 4.0
  /// The upper bound of what held-out rows are explained lies so many standard errors up.
  static let boundErrors = 2.0
  /// So few held-out rows tell nothing.
  static let minimumRows = 20

  func examine(_ facts: CaseFile) -> Examination {
    let turn = examineTurn(facts)
    if case .suspected = turn { return turn }
    return gap(facts).map { .suspected($0) } ?? turn
  }

  /// A gap that needs no turn of the validation loss: with frozen weights the training rows are
  /// explained and of the held-out ones nothing is, beyond the chance of the sample.
  private func gap(_ facts: CaseFile) -> Suspicion? {
    guard let losses = facts.measurements?.rowLosses, let heldOut = losses.heldOut,
      let trivial = ContractReading(facts).flatMap(TrivialLoss.init),
      !(facts.data?.validationFeatures.isEmpty ?? true) || (facts.fit?.validationSplit ?? 0) > 0,
      heldOut.rows >= Overfitting.minimumRows
    else { return nil }
    let bound = trivial.skill(heldOut.mean - Overfitting.boundErrors * heldOut.standardError)
    let distance = heldOut.mean - losses.training.mean
    let learned = trivial.skill(losses.training.mean)
    let least =
      learned >= RunHealth.thrivingSkill
      ? Overfitting.transferredShare * learned : CureCriterion.minimumSkill
    guard learned >= Overfitting.learnedShare, bound < least,
      distance > Overfitting.significance * heldOut.standardError
    else { return nil }
    let epochs = facts.fit.map { $0.epochs - $0.initialEpoch } ?? 1
    let share = trivial.skill(heldOut.mean)
    return Suspicion(
      prior: Judgement.certainPrior,
      summary: "the model explains \(percentage(learned)) of the rows that it learned from, and"
        + " \(share > 0 ? percentage(share) : "nothing") of held-out ones",
      evidence: [
        Evidence(
          "mean loss with frozen weights: \(figure(losses.training.mean)) over"
            + " \(losses.training.rows) training rows, \(figure(heldOut.mean)) ±"
            + " \(figure(heldOut.standardError)) over \(heldOut.rows) held-out rows; a constant"
            + " prediction has \(figure(trivial.trivial))", value: distance, basis: .trial)
      ], remedies: remedies(facts.model, turn: max(0, epochs / 10), epochs: epochs))
  }

  private func examineTurn(_ facts: CaseFile) -> Examination {
    let history = facts.recorded?.history ?? [:]
    guard let losses = history["loss"], let validation = history["val_loss"],
      losses.count == validation.count, !losses.isEmpty
    else { return lacking(.validation, .log) }
    guard (losses + validation).allSatisfy(\.isFinite),
      let turn = validation.indices.min(by: { validation[$0] < validation[$1] })
    else { return .ruledOut("the losses are not finite") }
    guard facts.model != nil || !OrderedData.isFarBelowTheStart(facts) else {
      return .ruledOut(
        "the validation rows are right less often than training rows were in the first epoch")
    }
    guard facts.model != nil || !ValidationMismatch.isFarFromTheStart(facts) else {
      return .ruledOut("the validation loss is far above the training loss from the start")
    }
    let last = validation.count - 1
    let scale = ContractReading(facts).flatMap(TrivialLoss.init)?.trivial ?? abs(validation[0])
    let risen = validation[last] - validation[turn]
    guard turn < last, risen > Overfitting.risenShare * scale,
      validation[last] > Overfitting.risenRatio * validation[turn],
      losses[last] < Overfitting.fallenShare * losses[turn],
      facts.model != nil
        || losses[last] - (losses.min() ?? 0) < Overfitting.restingShare * losses[turn]
    else {
      return .ruledOut("the validation loss does not turn around while the training loss falls")
    }
    // Worse than a constant prediction (or, where that is not known, than before the second epoch) is
    // worse than nothing learned.
    let isBeyondDoubt = validation[last] > max(scale, validation[0])
    return .suspected(
      Suspicion(
        prior: isBeyondDoubt ? Judgement.certainPrior : 0.8,
        summary: "the validation loss rises from \(figure(validation[turn])) to"
          + " \(figure(validation[last])) since epoch \(turn + 2), while the training loss falls to"
          + " \(figure(losses[last]))",
        evidence: [
          Evidence(
            "lowest validation loss in epoch \(turn + 1) of \(last + 1)",
            value: validation[turn], basis: .log)
        ], remedies: remedies(facts.model, turn: turn, epochs: last + 1)))
  }

  private func remedies(_ model: ModelFacts?, turn: Int, epochs: Int) -> [Remedy] {
    let stop = Remedy(edits: [Edit(target: "fit.epochs", from: .int(epochs), to: .int(turn + 1))])
    let dense = (model?.layers ?? []).filter {
      $0.className == "Dense" && ($0.configuration["kernel_regularizer"] ?? .null).isNull
    }
    guard !dense.isEmpty else { return [stop] }
    let penalty: JSONValue = [
      "module": "keras.regularizers", "class_name": "L2",
      "config": ["l2": .double(Overfitting.penalty)],
    ]
    let penalties = Remedy(
      edits: dense.map {
        Edit(target: "layers.\($0.name).kernel_regularizer", from: .null, to: penalty)
      }, summary: "L2 of \(figure(Overfitting.penalty)) on all Dense layers")
    return [penalties, stop]
  }

  @_optimize(none) var examples: [Example] {
    func logged(_ losses: [Double], _ validation: [Double]) -> CaseFile {
      .example(
        units: [512, 1], activations: ["relu", "linear"], loss: "mse", y: .spread(),
        history: ["loss": losses, "val_loss": validation])
    }
    func judged(_ heldOut: Double, error: Double) -> CaseFile {
      .example(units: [512, 1], activations: ["relu", "linear"], loss: "mse", y: .spread()) {
        facts in
        facts.data?.validationFeatures = [.spread(rows: 100, columns: 8)]
        var measurements = Measurements()
        func sample(_ mean: Double, _ error: Double) -> RowLosses.Sample {
          RowLosses.Sample(rows: 100, mean: mean, standardError: error, worstShare: 0.05, worst: [])
        }
        measurements.rowLosses = RowLosses(
          training: sample(0.01, 0.001), heldOut: sample(heldOut, error))
        facts.measurements = measurements
      }
    }
    return [
      .sick(
        "held-out rows are predicted no better than by a constant",
        "loss: 0.01; val_loss: 1.3 from the first epoch on", judged(1.3, error: 0.1)),
      .healthy(
        "held-out rows are predicted half as well", "loss: 0.01; val_loss: 0.5",
        judged(0.5, error: 0.05)),
      .healthy(
        "too few held-out rows to tell", "val_loss: 1.1 ± 0.4", judged(1.1, error: 0.4)),
      .sick(
        "the validation loss turns around", "loss: 0.7 … 0.001, val_loss: 0.7, 0.6, 0.8, 1.0",
        logged([0.7, 0.4, 0.1, 0.001], [0.7, 0.6, 0.8, 1.0])),
      .healthy(
        "a log alone in which the training loss rises as well",
        "loss: 0.81, 0.17, 0.23, 0.35 - val_loss: 0.10, 0.17, 0.16, 0.24",
        .logAlone(["loss": [0.81, 0.17, 0.23, 0.35], "val_loss": [0.10, 0.17, 0.16, 0.24]])),
      .healthy(
        "a gap that stays", "loss: 0.7 … 0.1, val_loss: 0.8 … 0.3",
        logged([0.7, 0.4, 0.2, 0.1], [0.8, 0.5, 0.31, 0.3])),
      .healthy(
        "a validation loss that wobbles at its end", "val_loss: 0.5, 0.30, 0.31, 0.30, 0.32",
        logged([0.7, 0.4, 0.3, 0.25, 0.2], [0.5, 0.30, 0.31, 0.30, 0.32])),
    ]
  }
}
