import ArgumentParser
import CaseFile
import History
import Downhill
import Reports
import Treatment

/// `downhill fix`: diagnoses, and writes the repaired model with the report beside it.
struct FixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix",
    abstract: "Diagnoses, and writes the model with the proven remedy.",
    discussion: """
      The repaired file keeps the initial weights that the remedy does not touch. What a model file \
      cannot hold (changes of the data, arguments of fit) is printed as lines of Python. Without a \
      proven remedy no model is written. Exits with 1 if a fault was found, mended or not.
      """)

  @OptionGroup(title: "The run")
  var source: RunOptions

  @OptionGroup(title: "The diagnosis")
  var diagnosis: DiagnosisOptions

  @OptionGroup(title: "The history")
  var history: HistoryOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The repaired model to write.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "The report to write: .json, .html, .sarif, .xml (JUnit) or text; as JSON beside the model.",
      valueName: "file"))
  var report: String?

  @Option(help: "The form of the report on the terminal.")
  var format = ReportFormatArgument(TextFormat())

  func validate() throws {
    guard output.hasSuffix(".keras") else {
      throw ValidationError("--output is \(output); Keras opens names that end in .keras.")
    }
    if diagnosis.quick {
      throw ValidationError("--quick tries no remedy, and none that was not tried is written.")
    }
  }

  func run() throws {
    let loaded = try source.load()
    let model = try OutputPath(output, inputs: loaded.inputFiles)
    let document = try OutputPath(
      report ?? String(output.dropLast(".keras".count)) + ".report.json",
      inputs: loaded.inputFiles + [output])
    let diagnosing = Diagnosing(options: diagnosis, history: history, kind: .fix)
    let consultation = try diagnosing.consultation(on: loaded)
    // The verdict first: it must reach the user even if the disk is full.
    OutputStream.results.write(
      format.format.render(consultation.report, for: Shell.appearance))
    if let bytes = try loaded.repairedFile(consultation) {
      try model.write(bytes)
      try document.write(consultation.report)
      tell(consultation, model: model.path, document: document.path)
    } else {
      try document.write(consultation.report)
      let reason =
        consultation.report.verdict == .fault ? "no remedy was proven" : "there is no fault to mend"
      Messages.say("no model is written: \(reason); the report is \(document.path)")
    }
    throw diagnosing.status(of: consultation.report).exitCode
  }

  private func tell(_ consultation: Consultation, model: String, document: String) {
    Messages.say("the repaired model is \(model), the report \(document)")
    guard !consultation.scriptEdits.isEmpty else { return }
    let targets = consultation.scriptEdits.map(\.target).joined(separator: ", ")
    let belongs = consultation.modelEdits.isEmpty ? "all of the remedy" : "a part of the remedy"
    Messages.say(
      "a model file cannot hold \(belongs) (\(targets)): put the lines above under \"In Python\" "
        + "into the script before fit")
  }
}
