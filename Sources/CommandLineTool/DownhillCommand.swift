import ArgumentParser
import Reports

/// `downhill`: finds out why the loss of a Keras model does not fall, proves it, and mends it.
struct DownhillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "downhill",
    abstract: "Finds out why a Keras model's loss does not fall, proves it, and mends the model.",
    discussion: """
      Nothing that is read from a file is ever executed, and no Python is needed.

      Exit codes: 0 healthy or done, 1 fault found, 2 --strict could not measure everything, \
      64 usage, 65 bad input, 66 input not found, 70 internal error, 73 output cannot be written, \
      130 interrupted.
      """,
    version: DownhillVersion.current,
    subcommands: Commands.all)
}
