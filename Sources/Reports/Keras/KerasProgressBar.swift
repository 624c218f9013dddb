/// The progress line of Keras' `fit`, byte by byte, so that what reads logs of Keras reads ours.
///
/// After `keras/src/utils/progbar.py` of Keras 3.15. Times are handed in, so that a test can.
package struct KerasProgressBar: Sendable {
  /// The forms that Keras calls `verbose`.
  package enum Form: Sendable {
    /// A bar that is drawn over (`verbose=1`).
    case bar
    /// One plain line at the end of an epoch (`verbose=2`).
    case plain
  }

  private let form: Form
  private let stepCount: Int
  private let start: Double
  private var lastUpdate = 0.0
  private var afterFirstStep: Double?
  private var previousWidth = 0

  /// How many letters the bar is wide.
  private static let barWidth = 20
  /// The bar is not drawn again within this time, in seconds.
  private static let interval = 0.05

  /// The line of one epoch.
  ///
  /// - Parameters:
  ///   - form: bar or plain.
  ///   - stepCount: the number of batches.
  ///   - start: the time at its start, in seconds on any clock that starts above 0.05.
  package init(form: Form, stepCount: Int, start: Double) {
    self.form = form
    self.stepCount = max(stepCount, 1)
    self.start = start
  }

  /// `Epoch 2/15` and a line break.
  package static func header(epoch: Int, of count: Int) -> String { "Epoch \(epoch)/\(count)\n" }

  /// What to write after a batch, or at the end of the epoch; empty if it is too soon to draw.
  ///
  /// - Parameters:
  ///   - step: how many batches are done.
  ///   - logs: names and values in the order in which they are shown.
  ///   - now: the time, in seconds on the clock of `start`.
  ///   - isFinal: whether this ends the line.
  package mutating func update(
    step: Int, logs: [(name: String, value: Double)], now: Double, isFinal: Bool
  ) -> String {
    let stepTime = estimate(step: step, now: now)
    defer { if form == .plain { lastUpdate = now } }
    switch form {
    case .plain:
      guard isFinal else { return "" }
      var line = counter(step) + " - " + NumberText.printed(now - start, "%.0fs")
      line += " -" + KerasProgressBar.time(perStep: stepTime)
      for log in logs { line += " - \(log.name): " + KerasProgressBar.plainNumber(log.value) }
      return line + "\n"
    case .bar:
      if now - lastUpdate < KerasProgressBar.interval && !isFinal { return "" }
      lastUpdate = now
      return drawn(step: step, logs: logs, now: now, stepTime: stepTime, isFinal: isFinal)
    }
  }

  private mutating func drawn(
    step: Int, logs: [(name: String, value: Double)], now: Double, stepTime: Double, isFinal: Bool
  ) -> String {
    let filled = min(KerasProgressBar.barWidth * step / stepCount, KerasProgressBar.barWidth)
    let elapsed =
      isFinal
      ? NumberText.printed(now - start, "%.0fs")
      : KerasProgressBar.remaining(seconds: stepTime * Double(stepCount - step))
    var bar = "\u{1b}[1m\(counter(step))\u{1b}[0m "
    var hidden = 8
    if filled > 0 {
      bar += "\u{1b}[32m" + String(repeating: "━", count: filled) + "\u{1b}[0m"
      hidden += 9
    }
    bar +=
      "\u{1b}[37m" + String(repeating: "━", count: KerasProgressBar.barWidth - filled) + "\u{1b}[0m"
    hidden += 9
    var info = " \u{1b}[1m\(elapsed)\u{1b}[0m" + KerasProgressBar.time(perStep: stepTime)
    hidden += 8
    for log in logs { info += " - \(log.name): " + KerasProgressBar.number(log.value) }
    let width = bar.unicodeScalars.count + info.unicodeScalars.count - hidden
    let back = String(repeating: "\u{8}", count: previousWidth) + "\r"
    let rest = String(repeating: " ", count: max(0, previousWidth - width))
    previousWidth = width
    return back + bar + info + rest + (isFinal ? "\n" : "")
  }

  /// `  7/45`, as wide as the number of batches.
  private func counter(_ step: Int) -> String {
    let (done, all) = (String(step), String(stepCount))
    return String(repeating: " ", count: max(0, all.count - done.count)) + done + "/" + all
  }

  /// The first step builds and compiles in Keras, so it is left out once there is a second one.
  private mutating func estimate(step: Int, now: Double) -> Double {
    guard step > 0 else { return 0 }
    defer { if step == 1 { afterFirstStep = now } }
    if let afterFirstStep, step > 1 { return (now - afterFirstStep) / Double(step - 1) }
    return (now - start) / Double(step)
  }

  /// A value in the line that is drawn over: `0.6525`, or `6.5250e-04` below a thousandth.
  package static func number(_ value: Double) -> String {
    NumberText.printed(value, abs(value) > 1e-3 ? "%.4f" : "%.4e")
  }

  /// A value in the plain line. Keras forgets the sign here, so negative ones have an exponent.
  package static func plainNumber(_ value: Double) -> String {
    NumberText.printed(value, value > 1e-3 ? "%.4f" : "%.4e")
  }

  /// ` 79ms/step`.
  private static func time(perStep seconds: Double) -> String {
    if seconds >= 1 || seconds == 0 { return NumberText.printed(seconds, " %.0fs/step") }
    if seconds >= 1e-3 { return NumberText.printed(seconds * 1e3, " %.0fms/step") }
    return NumberText.printed(seconds * 1e6, " %.0fus/step")
  }

  /// `5s`, `1:05`, `1:02:03`.
  private static func remaining(seconds: Double) -> String {
    let whole = seconds.isFinite ? Int(max(0, min(seconds, 1e9))) : 0
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    if seconds > 3600 {
      return "\(whole / 3600):\(two(whole % 3600 / 60)):\(two(whole % 60))"
    }
    return seconds > 60 ? "\(whole / 60):\(two(whole % 60))" : "\(whole)s"
  }
}
