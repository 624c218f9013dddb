import History
import Training

/// Hands the numbers of each epoch to the history, so that a page can follow.
struct HistoryCallback: Callback {
  let recorder: RunRecorder

  mutating func epochEnds(_ epoch: Int, _ logs: inout Logs, _ control: FitControl) {
    recorder.record(
      logs.entries.map {
        HistoryStore.Value(series: $0.name, step: epoch + 1, value: $0.value)
      })
  }
}
