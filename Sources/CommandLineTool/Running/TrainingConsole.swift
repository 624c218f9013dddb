import Reports

/// Shows training as Keras does: a line that is drawn over on a terminal, a plain line an epoch
/// elsewhere.
struct TrainingConsole {
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

  /// An epoch starts; it is counted from 1.
  mutating func begin(epoch: Int) {
    if epochs > 1 { stream.write(KerasProgressBar.header(epoch: epoch, of: epochs)) }
    bar = KerasProgressBar(form: form, stepCount: stepCount, start: Shell.seconds())
  }

  /// A batch is done; batches are counted from 1.
  mutating func show(step: Int, logs: @autoclosure () -> [(name: String, value: Double)]) {
    guard form == .bar else {
      // The line at the end tells the time a step took, for which the first one is needed.
      if step == 1 { _ = bar?.update(step: 1, logs: [], now: Shell.seconds(), isFinal: false) }
      return
    }
    print(bar?.update(step: step, logs: logs(), now: Shell.seconds(), isFinal: false))
  }

  /// The epoch is done, its validation included.
  mutating func end(logs: [(name: String, value: Double)]) {
    print(bar?.update(step: stepCount, logs: logs, now: Shell.seconds(), isFinal: true))
    bar = nil
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
