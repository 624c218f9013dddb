import ArgumentParser
import Reports

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where the program starts: parse, run, and turn whatever is thrown into a message and a code.
@main
enum Entry {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    var command: any ParsableCommand
    do {
      command = try DownhillCommand.parseAsRoot(arguments)
    } catch {
      // Usage errors, and the requests for help and version.
      DownhillCommand.exit(withError: error)
    }
    // A file that reaches the limit of its size is an error to be told, not the end of the program.
    signal(SIGXFSZ, SIG_IGN)
    do {
      try command.run()
    } catch {
      // What argument-parser throws (help, version, a mistake that a command found in its own
      // arguments) has a code of its own; it calls everything that it does not know a failure.
      let isForeign = DownhillCommand.exitCode(for: error) == .failure && !(error is ExitCode)
      guard isForeign else { type(of: command).exit(withError: error) }
      OutputStream.messages.write("downhill: error: \(ErrorText.message(for: error))\n")
      exit(ExitStatus(for: error).rawValue)
    }
    exit(ExitStatus.healthy.rawValue)
  }
}
