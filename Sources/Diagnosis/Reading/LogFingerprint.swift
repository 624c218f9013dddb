package import CaseFile

/// What the bare numbers of a log give away, without model and data: marks that a loss leaves when its
/// outputs are pinned, guess, or are compared with labels that they cannot mean.
package enum LogFingerprint: Hashable, Sendable {
  /// Every row that is wrong costs the largest loss that Keras' clipping allows, in every epoch.
  case saturated(perWrongRow: Double)
  /// Loss and accuracy add up to 1 in every epoch: the output is pinned at a bound under MSE or MAE.
  case complementary
  /// The loss is 0 from the first epoch on, and rows are wrong all the same.
  case nothingToLearn
  /// The loss is the same to the last digit in every epoch, and no accuracy is counted.
  case unmoved(loss: Double)
  /// The loss rests where equal odds for so many classes put it.
  case equalOdds(classes: Int)
  /// The loss is too low for the share of rows that are wrong.
  case lossWithoutRows(loss: Double, accuracy: Double)
  /// Nothing was ever wrong, from the first epoch on, while the loss was still high.
  case neverWrong(loss: Double)
  /// The loss is not a number from the first step on.
  case nanFromTheStart
  /// The loss turned NaN after sound steps.
  case nanLate(epoch: Int)

  /// The loss of a wrong row that is clipped: −ln ε for ε = 1e-7 in float32, with the denominators that
  /// versions of Keras differ in.
  private static let clipped = [15.33, 15.42, 15.94, 16.12]
  /// Printed losses have four decimals and accuracies too, so quotients agree within this share.
  private static let tolerance = 0.005
  /// float32 tells numbers apart that differ by this share.
  private static let resolution = 3e-7
  /// So many epochs alike are no chance.
  private static let minimumEpochs = 3
  /// Equal odds are met within this share of the loss.
  private static let oddsTolerance = 0.01
  /// A row that is wrong has a crossentropy of ln 2 at least, because another class has a probability of
  /// a half or its own has less; sums of means are printed with some rounding.
  private static let boundShare = 0.95
  /// Below this accuracy enough rows are wrong for their loss to be seen.
  private static let seenAccuracy = 0.9

  /// Reads the most telling mark of a recorded history; `nil` for none.
  package init?(_ facts: CaseFile) {
    guard let history = facts.recorded?.history, let losses = history["loss"],
      let last = losses.last
    else { return nil }
    if let epoch = losses.firstIndex(where: { !$0.isFinite }) {
      let first = facts.recorded?.batches?.first
      // A mean over many steps does not tell which of them was the first.
      let isFirstStep = first.flatMap { $0.last == 1 ? !$0.loss.isFinite : nil }
      if epoch > 0 || isFirstStep == false {
        self = .nanLate(epoch: epoch + 1)
      } else if isFirstStep == true {
        self = .nanFromTheStart
      } else {
        return nil
      }
      return
    }
    let name = history.keys.sorted().first {
      !$0.hasPrefix("val_") && ($0 == "acc" || $0.hasSuffix("accuracy"))
    }
    let accuracies = name.flatMap { history[$0] } ?? []
    let isLong = losses.count >= LogFingerprint.minimumEpochs
    let range = (losses.max() ?? 0) - (losses.min() ?? 0)
    let isConstant = isLong && range <= max(LogFingerprint.resolution * abs(last), 1e-12)
    if accuracies.count == losses.count, let accuracy = accuracies.last {
      let pairs = zip(losses, accuracies)
      if isLong, pairs.allSatisfy({ abs($0) < 1e-4 && $1 < 1 - 1e-3 }) {
        self = .nothingToLearn
        return
      }
      let quotients = pairs.compactMap { $1 < 1 ? $0 / (1 - $1) : nil }
      let value = LogFingerprint.clipped.first { value in
        quotients.allSatisfy { abs($0 / value - 1) < LogFingerprint.tolerance }
      }
      if isLong, range < 1e-3 * abs(last), quotients.count == losses.count, let value {
        self = .saturated(perWrongRow: value)
        return
      }
      if isLong, range < 1e-3, accuracy > 0, accuracy < 1,
        pairs.allSatisfy({ abs($0 + $1 - 1) < 1e-3 })
      {
        self = .complementary
        return
      }
      if let first = losses.first, first > 0.5, last > 0, accuracy < LogFingerprint.seenAccuracy,
        last < LogFingerprint.boundShare * (1 - accuracy) * logarithm(2)
      {
        self = .lossWithoutRows(loss: last, accuracy: accuracy)
        return
      }
      let validation = name.flatMap { history["val_" + $0] } ?? [1]
      if accuracies.dropFirst().allSatisfy({ $0 == 1 }), accuracies.count > 2,
        validation.allSatisfy({ $0 == 1 }), let first = losses.first, losses[1] > 0.5 * first,
        losses[1] > 0.3
      {
        self = .neverWrong(loss: losses[1])
        return
      }
    } else if isConstant, last > 0, accuracies.isEmpty {
      self = .unmoved(loss: last)
      return
    }
    let odds = (2...20).first {
      abs(last / logarithm(Double($0)) - 1) < LogFingerprint.oddsTolerance
    }
    if isLong, let odds, !accuracies.isEmpty || odds == 2,
      losses.suffix(LogFingerprint.minimumEpochs).allSatisfy({
        abs($0 / logarithm(Double(odds)) - 1) < 2 * LogFingerprint.oddsTolerance
      })
    {
      self = .equalOdds(classes: odds)
      return
    }
    return nil
  }

  /// What the mark means, in one sentence.
  package var text: String {
    switch self {
    case .saturated(let value):
      "every wrong row costs \(figure(value)), the most that clipping allows: the outputs are pinned at 0"
        + " or 1"
    case .complementary:
      "loss and accuracy add up to 1 in every epoch: the output is pinned at a bound"
    case .nothingToLearn:
      "the loss is 0 from the first epoch on although rows are wrong: the crossentropy of a single output"
        + " that is 1 whatever the input"
    case .unmoved(let loss):
      "the loss is \(figure(loss)) to the last digit in every epoch: no prediction ever moves"
    case .equalOdds(let classes):
      "the loss rests at ln \(classes), where equal odds for \(classes) classes put it: the model guesses"
    case .lossWithoutRows(let loss, let accuracy):
      "a loss of \(figure(loss)) is too low for an accuracy of \(percentage(accuracy)): each wrong row has a"
        + " crossentropy of 0.69 at least, so wrong rows carry no loss (labels that no unit stands for,"
        + " weights of classes, or another loss)"
    case .neverWrong(let loss):
      "no row was ever wrong although the loss was still \(figure(loss)): perhaps there is only one class"
    case .nanFromTheStart:
      "the loss is NaN from the first step on: mostly NaN or infinite values in the data or the weights"
    case .nanLate(let epoch):
      "the loss is sound at first and NaN in epoch \(epoch): mostly the learning rate or an unsafe operation"
    }
  }
}
