import ArgumentParser
import FileAccess

/// What the program says to the shell as it ends. Scripts rely on these numbers.
enum ExitStatus: Int32 {
  /// No fault was found, or the command did what it was asked.
  case healthy = 0
  /// A fault was found.
  case fault = 1
  /// `--strict` asked for a measurement that was not possible.
  case notMeasured = 2
  /// The command line cannot be understood (`EX_USAGE`).
  case usage = 64
  /// The input is damaged or does not fit (`EX_DATAERR`).
  case badInput = 65
  /// The input does not exist (`EX_NOINPUT`).
  case inputNotFound = 66
  /// The program itself is at fault (`EX_SOFTWARE`).
  case internalError = 70
  /// The output cannot be written (`EX_CANTCREAT`).
  case cannotWrite = 73
  /// Ctrl-C: 128 plus the number of the signal, as shells count.
  case interrupted = 130

  /// The status that an error which ended a command stands for.
  init(for error: any Error) {
    switch error {
    case let error as CommandError: self = error.status
    case let error as InputError: self = error.isNotFound ? .inputNotFound : .badInput
    case is OutputError: self = .cannotWrite
    case is any InputProblem: self = .badInput
    default: self = .internalError
    }
  }
}

extension ExitStatus {
  /// The status as an error that ends the command without a message.
  var exitCode: ExitCode { ExitCode(rawValue) }
}
