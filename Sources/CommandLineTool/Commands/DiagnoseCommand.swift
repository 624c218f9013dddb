import ArgumentParser
import CaseFile
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

  @Option(help: "The form of the report.")
  var format = ReportFormatArgument(TextFormat())

  func run() throws {
    let loaded = try source.load()
    let diagnosing = Diagnosing(options: diagnosis)
    let report = try diagnosing.consultation(on: loaded).report
    OutputStream.results.write(format.format.render(report, for: Shell.appearance))
    throw diagnosing.status(of: report).exitCode
  }
}
