import ArgumentParser
import History

/// Where runs are kept.
struct HistoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The history that keeps the run; DOWNHILL_HISTORY names another one, or off.",
      valueName: "file"))
  var history: String?

  @Flag(help: "Keep nothing of this run in the history.")
  var noHistory = false

  func validate() throws {
    guard let history else { return }
    let name = history.lowercased()
    if name.hasSuffix(".csv") || name.hasSuffix(".json") {
      throw ValidationError(
        "--history is \(history), but it names the database of all runs; losses by epoch are "
          + "written by train with --log \(history).")
    }
    if noHistory { throw ValidationError("--history and --no-history exclude each other.") }
  }

  /// The file; `nil` for none.
  var path: String? {
    noHistory ? nil : history ?? HistoryStore.usualPath(environment: Shell.environment)
  }

  /// The history, to read.
  func existing() throws -> HistoryStore {
    guard let path else { throw missing }
    do {
      if let store = try HistoryStore.existing(path: path) { return store }
    } catch {
      throw CommandError(
        path, "it cannot be read as a history: \(error)",
        advice: "Name another one with --history, or move it away.")
    }
    throw CommandError(
      path, "there is no history yet", advice: "Diagnose or train something first.",
      status: .inputNotFound)
  }

  /// The error of a command that needs a history where there is none.
  var missing: CommandError {
    CommandError(
      "the history", "it is off, or there is no home folder", advice: "Name it with --history.",
      status: .inputNotFound)
  }
}
