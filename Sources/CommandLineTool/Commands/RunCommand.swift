import ArgumentParser
import CaseFile
import Downhill
import FileAccess
import History
import Recording
import Reports

/// `downhill run`: runs a program unchanged, records what it trains, and diagnoses the recording.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a Python program unchanged, records its training, and diagnoses it.",
    discussion: """
      The program keeps its arguments, its streams and its exit code, and computes the same numbers \
      as without. The report goes to the message stream once the program has ended. Exits as the \
      program does, unless --diagnose-exit-code is given.
      """)

  @OptionGroup(title: "The diagnosis")
  var diagnosis: DiagnosisOptions

  @OptionGroup(title: "The history")
  var history: HistoryOptions

  @Option(help: "The form of the report.")
  var format = ReportFormatArgument(TextFormat())

  @Option(help: ArgumentHelp("A folder in which the recordings stay.", valueName: "folder"))
  var keep: String?

  @Option(help: ArgumentHelp("A file to which the report is written as JSON.", valueName: "file"))
  var report: String?

  @Flag(help: "Say what is wrong as soon as that shows, while the program still trains.")
  var watch = false

  @Flag(help: "Record only.")
  var noDiagnosis = false

  @Flag(help: "Exit as diagnose does, unless the program could not be run.")
  var diagnoseExitCode = false

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("The command, as python train.py --epochs 20.", valueName: "command"))
  var command: [String] = []

  func validate() throws {
    // What is passed through would swallow this request too.
    if ["--help", "-h"].contains(command.first) { throw CleanExit.helpRequest(self) }
    if words.isEmpty { throw ValidationError("Name the command: downhill run python train.py") }
  }

  /// The command without the dashes that may stand before it.
  private var words: [String] { command.first == "--" ? Array(command.dropFirst()) : command }

  func run() throws {
    let hook = try HookFolder()
    let folder = try recordingFolder()
    defer { if keep == nil { HookFolder.remove(folder) } }
    let watch = self.watch ? RunWatch(folder) : nil
    let end = withExtendedLifetime(hook) {
      RecordedCommand(words, recordings: folder, hook: hook.path).run()
    }
    watch?.stop()
    if case .notStarted(let code) = end {
      Messages.say("cannot start \(words[0]): \(FileProblem("start", code: code).finding)")
      throw ExitCode(end.code)
    }
    let status = diagnose(RecordingList.folders(in: folder))
    throw ExitCode(diagnoseExitCode ? status.rawValue : end.code)
  }

  /// A folder that stays, or one that goes with this run.
  private func recordingFolder() throws -> String {
    let folder = keep ?? Shell.temporaryFolder()
    guard let folder, Shell.makeFolder(folder) else {
      throw CommandError(
        keep ?? "a temporary folder", "cannot be made", advice: "Name another one with --keep.",
        status: .cannotWrite)
    }
    return Shell.absolute(folder)
  }

  /// Diagnoses the last model that was trained. Whatever goes wrong here is said and costs nothing else.
  private func diagnose(_ recordings: [String]) -> ExitStatus {
    guard let last = recordings.last else {
      Messages.note(["nothing was recorded: the program called no fit of a Keras that is known"])
      return .healthy
    }
    if keep != nil { Messages.note(["the recording is \(last)"]) }
    if recordings.count > 1 {
      Messages.note(["\(recordings.count) models were trained; the last of them is examined"])
    }
    guard !noDiagnosis else { return .healthy }
    do {
      let run = try TrainingRun(RunRequest(paths: [last]))
      Messages.note(run.notes)
      let diagnosing = Diagnosing(options: diagnosis, history: history, kind: .diagnose)
      let found = try diagnosing.consultation(on: run).report
      if let report {
        try AtomicFile.write(JSONFormat().render(found, for: .plain), to: report)
      }
      OutputStream.messages.write(
        format.format.render(
          found, for: OutputStream.messages.appearance(environment: Shell.environment)))
      return diagnosing.status(of: found)
    } catch {
      Messages.say("error: \(ErrorText.message(for: error))")
      return ExitStatus(for: error)
    }
  }
}
