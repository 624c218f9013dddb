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
  /// A loss beyond what any targets that are left as people measure them can cause.
  case astronomical(loss: Double)
  /// A cross-entropy below 0 beside rows that are told right.
  case negativeOfClasses(loss: Double)
  /// The first validation losses are far above the training losses although more rows are right.
  case overconfident(validation: Double, training: Double)
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
  /// Squared errors stay below this even where targets run to tens of millions.
  private static let largestLoss = 1e15
  /// A cross-entropy below this is negative beyond rounding.
  package static let negativeLoss = -1e-3
  /// Measurements are hardly ever hit exactly; where this share of the rows is right they are classes.
  private static let classAccuracy = 0.05
  /// At the end of the first epoch a model is better than it was on average during it, so its validation
  /// loss is lower; where it is this many times higher though more rows are right, the wrong ones are
  /// wrong with a certainty that the training rows do not give.
  private static let overconfidentRatio = 1.75
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
    if let largest = losses.max(), largest > LogFingerprint.largestLoss {
      self = .astronomical(loss: largest)
      return
    }
    let name = LogFingerprint.accuracyName(history)
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
      if let lowest = losses.min(), lowest < LogFingerprint.negativeLoss,
        let right = accuracies.min(), right > LogFingerprint.classAccuracy
      {
        self = .negativeOfClasses(loss: lowest)
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
      if let heldOut = history["val_loss"]?.first, let first = losses.first, first > 0,
        heldOut > LogFingerprint.overconfidentRatio * first, let right = validation.first,
        right > accuracies[0], accuracies[0] < LogFingerprint.seenAccuracy
      {
        self = .overconfident(validation: heldOut, training: first)
        return
      }
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

  /// The name under which a history counts the rows that are right; `nil` where it does not.
  package static func accuracyName(_ history: [String: [Double]]) -> String? {
    history.keys.sorted().first { !$0.hasPrefix("val_") && isAccuracy($0) }
  }

  /// Whether a metric of this name counts the rows that are right.
  package static func isAccuracy(_ name: String) -> Bool {
    name == "acc" || name.hasSuffix("accuracy")
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
    case .astronomical(let loss):
      "a loss of \(figure(loss)) is beyond any measurement: the weights or the data have exploded"
    case .negativeOfClasses(let loss):
      "a loss of \(figure(loss)) although rows are told right: a cross-entropy is negative only if class"
        + " labels lie outside [0, 1]"
    case .overconfident(let validation, let training):
      "the first validation loss is \(figure(validation)) beside a training loss of \(figure(training))"
        + " although more rows are right: the validation rows seem to be scaled otherwise"
    case .neverWrong(let loss):
      "no row was ever wrong although the loss was still \(figure(loss)): perhaps there is only one class"
    case .nanFromTheStart:
      "the loss is NaN from the first step on: mostly NaN or infinite values in the data or the weights"
    case .nanLate(let epoch):
      "the loss is sound at first and NaN in epoch \(epoch): mostly the learning rate or an unsafe operation"
    }
  }
}
