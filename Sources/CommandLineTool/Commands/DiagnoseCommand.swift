import ArgumentParser
import CaseFile
import History
import Reports
import Treatment

/// `downhill diagnose`: the verdict, the evidence, the remedy and its proof.
struct DiagnoseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract: "Finds out why the loss does not fall, and proves it.")

  @OptionGroup(title: "The run")
  var source: RunOptions

  @OptionGroup(title: "The diagnosis")
  var diagnosis: DiagnosisOptions

  @OptionGroup(title: "The history")
  var history: HistoryOptions

  @Option(help: "The form of the report.")
  var format = ReportFormatArgument(TextFormat())

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "A file to write the report to as well: .html, .json, .sarif, .xml (JUnit) or text.",
      valueName: "file"))
  var output: String?

  func run() throws {
    let loaded = try source.load()
    let document = try output.map { try OutputPath($0, inputs: loaded.inputFiles) }
    let diagnosing = Diagnosing(options: diagnosis)
    let report = try diagnosing.consultation(
      on: loaded, kind: .diagnose, history: history
    ).report
    // The verdict first: it must reach the user even if the disk is full.
    OutputStream.results.write(format.format.render(report, for: Shell.appearance))
    if let document {
      try document.write(report)
      Messages.say("the report is \(document.path)")
    }
    throw diagnosing.status(of: report).exitCode
  }
}
