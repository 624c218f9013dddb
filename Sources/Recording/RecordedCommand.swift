#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A user's command, run unchanged with the recorder beside it: same arguments, same streams, same
/// working folder, same exit code.
package struct RecordedCommand {
  /// How a command ended.
  package enum End: Hashable, Sendable {
    /// With an exit code.
    case exited(Int32)
    /// By a signal.
    case signalled(Int32)
    /// It could not be started: the system's error number.
    case notStarted(Int32)

    /// The code with which a shell would report it.
    package var code: Int32 {
      switch self {
      case .exited(let code): code
      case .signalled(let signal): 128 + signal
      case .notStarted(let error): error == ENOENT ? 127 : 126
      }
    }
  }

  private let arguments: [String]
  private let recordings: String
  private let hook: String

  /// - Parameters:
  ///   - arguments: the program and its arguments.
  ///   - recordings: the folder for recordings, one folder for each model that is trained.
  ///   - hook: the folder with the recorder's Python files.
  package init(_ arguments: [String], recordings: String, hook: String) {
    self.arguments = arguments
    self.recordings = recordings
    self.hook = hook
  }

  /// Runs the command to its end.
  package func run() -> End {
    var strings: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    strings.append(nil)
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) }
    variables.append(nil)
    defer { for string in strings + variables { free(string) } }
    // Ctrl-C goes to all programs of a terminal: this one waits for the other.
    let previous = [SIGINT, SIGQUIT].map { ($0, signal($0, SIG_IGN)) }
    defer { for (number, handler) in previous { signal(number, handler) } }
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
    #else
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A signal that is ignored stays ignored in the child unless it is said otherwise.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGINT)
    sigaddset(&defaults, SIGQUIT)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var process: pid_t = 0
    let error = posix_spawnp(&process, arguments[0], nil, &attributes, &strings, &variables)
    guard error == 0 else { return .notStarted(error) }
    RecordedCommand.child = process
    // What would end this program ends the command, which is then still diagnosed.
    let forwarded = [SIGTERM, SIGHUP].map { number in
      (number, signal(number) { kill(RecordedCommand.child, $0) })
    }
    defer { for (number, handler) in forwarded { signal(number, handler) } }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    let number = status & 0x7F
    return number == 0 ? .exited((status >> 8) & 0xFF) : .signalled(number)
  }

  /// The process that signals are handed on to; a signal handler can reach nothing else.
  private nonisolated(unsafe) static var child: pid_t = 0

  /// The environment of this program, and what the recorder needs.
  private var environment: [String] {
    var found: [String] = []
    var searchPath = hook
    var place = environ
    while let variable = place.pointee {
      let text = String(cString: variable)
      if text.hasPrefix("PYTHONPATH=") {
        searchPath += ":" + text.dropFirst("PYTHONPATH=".count)
      } else if !text.hasPrefix("DOWNHILL_CAPTURE=") {
        found.append(text)
      }
      place += 1
    }
    return found + ["PYTHONPATH=" + searchPath, "DOWNHILL_CAPTURE=" + recordings]
  }
}
