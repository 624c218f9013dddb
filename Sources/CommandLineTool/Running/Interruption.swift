#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import Synchronization

/// Ctrl-C, seen between two steps of work instead of in the middle of one.
enum Interruption {
  private static let isPending = Atomic<Bool>(false)

  /// Whether Ctrl-C was pressed since ``catchOnce()``.
  static var wasRequested: Bool { isPending.load(ordering: .relaxed) }

  /// From now on the first Ctrl-C asks and the second one ends the program at once.
  static func catchOnce() {
    unblock()
    signal(SIGINT) { _ in
      if Interruption.isPending.exchange(true, ordering: .relaxed) {
        _exit(ExitStatus.interrupted.rawValue)
      }
    }
  }

  /// From now on Ctrl-C ends the program at once with the status that shells expect, instead of
  /// with a signal that would leave half a progress line behind.
  static func endAtOnce() {
    unblock()
    signal(SIGINT) { _ in
      // Only calls that are allowed inside a signal handler: `write` and `_exit`.
      var newline: UInt8 = 10
      _ = write(2, &newline, 1)
      _exit(ExitStatus.interrupted.rawValue)
    }
  }

  /// A program that is started from a thread which blocks signals, as worker threads do, inherits
  /// that, and would never see Ctrl-C.
  private static func unblock() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }
}
