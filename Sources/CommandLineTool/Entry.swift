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
    do {
      try command.run()
    } catch let error where error is CleanExit || error is ExitCode || error is ValidationError {
      type(of: command).exit(withError: error)
    } catch {
      OutputStream.messages.write("downhill: error: \(ErrorText.message(for: error))\n")
      exit(ExitStatus(for: error).rawValue)
    }
    exit(ExitStatus.healthy.rawValue)
  }
}
