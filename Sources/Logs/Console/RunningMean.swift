import CaseFile

/// Undoes the running mean that Keras shows within an epoch.
///
/// After n steps Keras shows Lₙ, the mean over steps 1…n; the mean over the steps between two readings
/// is (n₂L₂ − n₁L₁) / (n₂ − n₁). Readings are rounded, and their errors are multiplied by the same
/// figures: (n₁r₁ + n₂r₂) / (n₂ − n₁) for half units of the last digit r.
struct RunningMean {
  /// A reading of the progress bar.
  private struct Reading {
    var step: Int
    var loss: LoggedNumber
  }
  private var readings: [Reading] = []

  /// A difference whose error by rounding may be larger than this share of the loss is merged with
  /// the next one: it would show the rounding and not the batch.
  static let largestError = 0.05
  /// No more readings of one epoch are kept; beyond them the steps between grow.
  private static let mostReadings = 4096

  /// Whether no loss was read yet.
  var isEmpty: Bool { readings.isEmpty }

  /// Notes a reading; one at the same step takes the place of the last.
  mutating func add(step: Int, loss: LoggedNumber) {
    if let last = readings.last {
      guard step >= last.step else { return }
      if step == last.step {
        readings[readings.count - 1].loss = loss
        return
      }
    }
    readings.append(Reading(step: step, loss: loss))
    if readings.count > RunningMean.mostReadings {
      readings = readings.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }
  }

  /// The means between the readings, for the epoch with a number.
  ///
  /// A single reading says nothing beyond the value of the epoch itself.
  func batches(epoch: Int) -> [BatchLoss] {
    guard readings.count > 1 || readings.contains(where: { !$0.loss.value.isFinite }) else {
      return []
    }
    var result: [BatchLoss] = []
    var before: Reading?
    for reading in readings {
      let first = (before?.step ?? 0) + 1
      guard reading.loss.value.isFinite else {
        result.append(
          BatchLoss(epoch: epoch, first: first, last: reading.step, loss: reading.loss.value))
        break
      }
      let count = Double(reading.step - first + 1)
      let steps = Double(reading.step)
      let earlier = before.map { Double($0.step) * $0.loss.value } ?? 0
      let loss = (steps * reading.loss.value - earlier) / count
      let error =
        (steps * reading.loss.resolution
          + (before.map { Double($0.step) * $0.loss.resolution } ?? 0)) / count
      guard error <= RunningMean.largestError * abs(loss) else { continue }
      result.append(BatchLoss(epoch: epoch, first: first, last: reading.step, loss: loss))
      before = reading
    }
    return result
  }
}
