import ArgumentParser
import History
import Reports

/// `downhill history show`: one earlier run with its report or its curves.
struct HistoryShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows an earlier run: its report, or its curves.")

  @Argument(help: "The run's number, as `downhill history` lists it.")
  var id: Int64

  @Option(help: "The form of the report.")
  var format = ReportFormatArgument(TextFormat())

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "A file to write the report to instead: .html, .json, .sarif, .xml (JUnit) or text.",
      valueName: "file"))
  var output: String?

  @OptionGroup(title: "The history")
  var options: HistoryOptions

  func run() throws {
    let store = try options.existing()
    let run = try store.known(id)
    guard let report = try store.report(id) else {
      if output != nil {
        throw CommandError(
          "run \(id)", "it has no report, which only diagnoses have",
          advice: "`downhill history show \(id)` prints its curves.", status: .inputNotFound)
      }
      OutputStream.results.write(
        RunDetails(
          run, series: try store.series(of: id, limit: HistoryStore.wholeCurve),
          notes: try store.notes(id)
        )
        .text(for: Shell.appearance))
      return
    }
    if let output {
      try OutputPath(output, inputs: [store.path]).write(report)
      Messages.say("the report is \(output)")
    } else {
      OutputStream.results.write(format.format.render(report, for: Shell.appearance))
    }
  }
}

extension HistoryStore {
  /// Curves of up to so many values are drawn from all of them, so that the last step is named right.
  static let wholeCurve = 100_000

  /// The run with a number.
  func known(_ id: Int64) throws -> RunRecord {
    guard let run = try run(id) else {
      throw CommandError(
        "run \(id)", "the history \(path) has no run of this number",
        advice: "`downhill history` lists them.", status: .inputNotFound)
    }
    return run
  }
}
