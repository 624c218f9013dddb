import Foundation
import Reports
public import Training

/// Prints a line for each epoch as Keras' `verbose=2` does. Put it last, so that it shows what the
/// other callbacks add.
public struct ProgbarLogger: Callback {
  private let write: @Sendable (String) -> Void
  private var start = 0.0
  private var firstStep = 0

  /// A printer.
  ///
  /// - Parameter write: Takes what is printed; standard output by default.
  public init(
    write: @escaping @Sendable (String) -> Void = { print($0, terminator: "") }
  ) {
    self.write = write
  }

  private static func now() -> Double { ProcessInfo.processInfo.systemUptime }

  /// Prints the number of the epoch.
  public mutating func epochBegins(_ epoch: Int, _ control: FitControl) {
    if control.epochs > 1 {
      write(KerasProgressBar.header(epoch: epoch + 1, of: control.epochs))
    }
    firstStep = control.iterations
    start = Self.now()
  }

  /// Prints the numbers of the epoch.
  public mutating func epochEnds(_ epoch: Int, _ logs: inout Logs, _ control: FitControl) {
    let count = max(1, control.iterations - firstStep)
    var bar = KerasProgressBar(form: .plain, stepCount: count, start: start)
    write(
      bar.update(
        step: count, logs: logs.entries.map { ($0.name, $0.value) }, now: Self.now(),
        isFinal: true))
  }
}
