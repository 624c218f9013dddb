import ArgumentParser
import CaseFile
import History
import Downhill
import FileAccess
import Reports
import Treatment

/// `downhill fix`: diagnoses, and writes the repaired model or the patch of the script.
struct FixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix",
    abstract: "Diagnoses, and writes the model or the script with the proven remedy.",
    discussion: """
      With a script among the inputs the remedy is written as a unified diff that `git apply` takes: \
      to the file that -o names, or, without -o, to the standard output (the report then goes to the \
      standard error). The script itself changes only with --write.

      The repaired model keeps the initial weights that the remedy does not touch. What a model file \
      cannot hold (changes of the data, arguments of fit) is printed as lines of Python. Without a \
      proven remedy nothing is written. Exits with 1 if a fault was found, mended or not.
      """)

  @OptionGroup(title: "The run")
  var source: RunOptions

  @OptionGroup(title: "The diagnosis")
  var diagnosis: DiagnosisOptions

  @OptionGroup(title: "The history")
  var history: HistoryOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The repaired model (.keras) or the patch (.patch, .diff) to write; may be given twice.",
      valueName: "file"))
  var output: [String] = []

  @Flag(help: "Make the changes in the script itself.")
  var write = false

  @Option(
    help: ArgumentHelp(
      "The report to write: .json, .html, .sarif, .xml (JUnit) or text; as JSON beside the model.",
      valueName: "file"))
  var report: String?

  @Option(help: "The form of the report on the terminal.")
  var format = ReportFormatArgument(TextFormat())

  /// The repaired model to write.
  private var modelOutput: String? { output.first { $0.hasSuffix(".keras") } }
  /// The patch to write.
  private var patchOutput: String? {
    output.first { $0.hasSuffix(".patch") || $0.hasSuffix(".diff") }
  }

  func validate() throws {
    for name in output where ![".keras", ".patch", ".diff"].contains(where: name.hasSuffix) {
      throw ValidationError(
        "--output is \(name); models end in .keras, patches in .patch or .diff.")
    }
    if diagnosis.quick, modelOutput != nil {
      throw ValidationError("--quick tries no remedy, and none that was not tried is written.")
    }
  }

  func run() throws {
    let loaded = try source.load()
    guard loaded.script != nil || modelOutput != nil else {
      throw CommandError(
        loaded.subject, "no place for the repaired model",
        advice: "Name it with -o repaired.keras, or give the script as well for a patch of it.",
        status: .usage)
    }
    if patchOutput != nil || write, loaded.script == nil {
      throw CommandError(
        loaded.subject, "no script among the inputs, so there is nothing to patch",
        advice: "Name the script as well: downhill fix train.py \(loaded.subject).", status: .usage)
    }
    let model = try modelOutput.map { try OutputPath($0, inputs: loaded.inputFiles) }
    let patch = try patchOutput.map { try OutputPath($0, inputs: loaded.inputFiles) }
    let document = try (report ?? modelOutput.map { $0.dropLast(".keras".count) + ".report.json" })
      .map { try OutputPath($0, inputs: loaded.inputFiles + output) }
    let diagnosing = Diagnosing(options: diagnosis)
    let consultation = try diagnosing.consultation(on: loaded, kind: .fix, history: history)
    // The verdict first: it must reach the user even if the disk is full.
    let text = format.format.render(consultation.report, for: Shell.appearance)
    let isPatchPrinted = loaded.script != nil && output.isEmpty && !write
    (isPatchPrinted ? OutputStream.messages : OutputStream.results).write(text)
    let bytes = try model == nil ? nil : loaded.repairedFile(consultation)
    if let model, let bytes { try model.write(bytes) }
    try document?.write(consultation.report)
    if let model {
      if bytes != nil {
        tell(consultation, model: model.path, document: document?.path ?? "", loaded.script != nil)
      } else {
        Messages.say(
          "no model is written: \(reason(consultation)); the report is \(document?.path ?? "")")
      }
    }
    if patch != nil || write || isPatchPrinted {
      try writePatch(loaded, consultation, to: patch, isPrinted: isPatchPrinted)
    }
    throw diagnosing.status(of: consultation.report).exitCode
  }

  private func reason(_ consultation: Consultation) -> String {
    switch consultation.report.verdict {
    case .fault: "no remedy was proven"
    case .healthy: "there is no fault to mend"
    case .undetermined: "no fault is settled; the report says what to add"
    }
  }

  private func writePatch(
    _ loaded: TrainingRun, _ consultation: Consultation, to patch: OutputPath?, isPrinted: Bool
  ) throws {
    let found: ScriptPatch
    do {
      guard let made = try loaded.scriptPatch(consultation) else {
        Messages.say("no patch is written: \(reason(consultation))")
        return
      }
      found = made
    } catch {
      // The verdict stands, and so does its exit code.
      Messages.say("no patch is written: \(error)")
      return
    }
    if isPrinted { OutputStream.results.write(found.diff) }
    if let patch {
      try patch.write(Array(found.diff.utf8))
      Messages.say("the patch is \(patch.path): git apply \(patch.path)")
    }
    if write, let path = loaded.script?.path {
      guard path != "-" else {
        throw CommandError(
          "-", "standard input cannot be changed in place", advice: "Leave --write out.",
          status: .usage)
      }
      try AtomicFile.write(found.text, to: path)
      Messages.say("the remedy is in \(path)")
    }
  }

  private func tell(
    _ consultation: Consultation, model: String, document: String, _ hasScript: Bool
  ) {
    Messages.say("the repaired model is \(model), the report \(document)")
    guard !consultation.scriptEdits.isEmpty, !hasScript else { return }
    let targets = consultation.scriptEdits.map(\.target).joined(separator: ", ")
    let belongs = consultation.modelEdits.isEmpty ? "all of the remedy" : "a part of the remedy"
    Messages.say(
      "a model file cannot hold \(belongs) (\(targets)): put the lines above under \"In Python\" "
        + "into the script before fit")
  }
}
