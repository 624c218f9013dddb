import CaseFile
import Diagnosis
import Dispatch
import Synchronization

/// Tells how far the trials of a stage are: how many are done, the best loss, the time left.
final class TrialTally: Sendable {
  private struct State {
    var stage = ""
    var best = Double.infinity
  }

  private let state = Mutex(State())
  private let say: @Sendable (String) -> Void

  init(_ say: @escaping @Sendable (String) -> Void) { self.say = say }

  /// A stage begins.
  func begin(_ stage: String) {
    state.withLock { $0.stage = stage }
    say(stage)
  }

  /// What to call after each of several trials that begin now.
  func counting(_ count: Int) -> @Sendable (Result<Outcome, any Error>) -> Void {
    let start = DispatchTime.now().uptimeNanoseconds
    let done = Mutex(0)
    return { [self] result in
      let number = done.withLock { done in
        done += 1
        return done
      }
      let (stage, best) = state.withLock { state in
        if let loss = try? result.get().trainingLoss, loss.isFinite {
          state.best = min(state.best, loss)
        }
        return (state.stage, state.best)
      }
      guard count > 1 else { return }
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
      let left = seconds / Double(number) * Double(count - number)
      var text = "\(stage): \(number) of \(count) trials"
      if best.isFinite { text += ", best loss so far \(figure(best))" }
      if left >= 1 { text += ", about \(Int(left.rounded(.up))) s left" }
      say(text)
    }
  }
}
