import CaseFile
import History
import Reports
import Synchronization
import Treatment

/// Hands the curves of trials to the history while they grow, seldom enough not to be felt.
final class TrialCurves: Sendable {
  private let recorder: RunRecorder
  private let next = Mutex<[Int: ContinuousClock.Instant]>([:])

  /// Trials of small networks have thousands of epochs a second, of which no eye sees each.
  private static let interval = Duration.milliseconds(100)

  init(_ recorder: RunRecorder) { self.recorder = recorder }

  /// An epoch of a trial has ended.
  func take(_ epoch: TrialEpoch) {
    let now = ContinuousClock.now
    let isDue = next.withLock { next in
      if !epoch.isLast, let due = next[epoch.trial], now < due { return false }
      next[epoch.trial] = now + TrialCurves.interval
      return true
    }
    guard isDue else { return }
    recorder.record([
      HistoryStore.Value(series: name(of: epoch), step: epoch.epoch, value: epoch.loss)
    ])
  }

  private func name(of epoch: TrialEpoch) -> String {
    let change =
      epoch.changes.isEmpty
      ? "as it was" : epoch.changes.map { "\($0.target) = \($0.to.brief)" }.joined(separator: ", ")
    return "\(HistoryStore.Series.trialPrefix)\(epoch.trial): \(change)"
  }
}
