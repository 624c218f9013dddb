import Reports
import Training

/// Shows training as Keras does: a line that is drawn over on a terminal, a plain line an epoch
/// elsewhere. It goes last among the callbacks, so that it shows what the others add.
struct TrainingConsole: Callback {
  private let stream: OutputStream
  private let form: KerasProgressBar.Form
  private let appearance: Appearance
  private let epochs: Int
  private let stepCount: Int
  private var bar: KerasProgressBar?

  /// A console for a run.
  ///
  /// - Parameters:
  ///   - stream: where to.
  ///   - epochs: how many epochs the run has.
  ///   - stepCount: how many batches an epoch has.
  init(stream: OutputStream, epochs: Int, stepCount: Int) {
    self.stream = stream
    self.epochs = epochs
    self.stepCount = stepCount
    form = stream.isTerminal ? .bar : .plain
    appearance = stream.appearance(environment: Shell.environment)
  }

  // The plain line at the end of an epoch needs no look at its batches, which would cost time.
  var watchesBatches: Bool { form == .bar }

  mutating func epochBegins(_ epoch: Int, _ control: FitControl) {
    if epochs > 1 { stream.write(KerasProgressBar.header(epoch: epoch + 1, of: epochs)) }
    bar = KerasProgressBar(form: form, stepCount: stepCount, start: Shell.seconds())
  }

  mutating func batchEnds(_ report: BatchReport, _ control: FitControl) {
    // The last one is drawn with the whole epoch's numbers.
    guard report.batch + 1 < report.batchCount else { return }
    print(
      bar?.update(
        step: report.batch + 1, logs: [("loss", report.meanLoss)], now: Shell.seconds(),
        isFinal: false))
  }

  mutating func epochEnds(_ epoch: Int, _ logs: inout Logs, _ control: FitControl) {
    let entries = logs.entries.map { (name: $0.name, value: $0.value) }
    print(bar?.update(step: stepCount, logs: entries, now: Shell.seconds(), isFinal: true))
    bar = nil
  }

  mutating func trainingEnds(_ control: FitControl) {
    // Interrupted in the middle of a line that was drawn over.
    if bar != nil && form == .bar { stream.write("\n") }
  }

  private func print(_ text: String?) {
    guard var text, !text.isEmpty else { return }
    if form == .bar {
      if !appearance.usesColour { text = TrainingConsole.withoutColours(text) }
      if !appearance.usesUnicode { text = String(text.map { $0 == "━" ? "=" : $0 }) }
    }
    stream.write(text)
  }

  /// The text without the sequences that set colours.
  private static func withoutColours(_ text: String) -> String {
    var result = ""
    var isInside = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1b}" {
        isInside = true
      } else if !isInside {
        result.unicodeScalars.append(scalar)
      } else if scalar == "m" {
        isInside = false
      }
    }
    return result
  }
}
