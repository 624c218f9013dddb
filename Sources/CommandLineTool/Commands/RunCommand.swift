import ArgumentParser
import CaseFile
import Dashboard
import Downhill
import FileAccess
import History
import Recording
import Reports

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// `downhill run`: runs a program unchanged, records what it trains, and diagnoses the recording.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a Python program unchanged, records its training, and diagnoses it.",
    discussion: """
      The program keeps its arguments, its streams and its exit code, and computes the same numbers \
      as without. The report goes to the message stream once the program has ended. Exits as the \
      program does, unless --diagnose-exit-code is given.

      With --page the live page shows the program while it trains: its losses, the diagnosis as it \
      forms, the report at the end. Its address is printed on the message stream. `downhill serve` \
      shows the same later.
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
  @Flag(help: "Serve the live page while the program runs, and print its address.")
  var page = false

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
    // A page without a history needs one that goes with it.
    let passing = page && history.path == nil ? Shell.temporaryFolder() : nil
    defer { if let passing { HookFolder.remove(passing) } }
    let path = history.path ?? passing.map { $0 + "/history.sqlite" }
    let recording = Recording(command: words, path: path)
    let server = page ? Shell.keepingFiles { open(path, showing: recording) } : nil
    let follower = recording.recorder.map { recorder in
      RecordingFollower(folder) { values in
        recorder.record(
          values.map { HistoryStore.Value(series: $0.series, step: $0.step, value: $0.value) })
      }
    }
    let watch = self.watch ? RunWatch(folder) : nil
    let end = withExtendedLifetime(hook) {
      RecordedCommand(words, recordings: folder, hook: hook.path).run()
    }
    watch?.stop()
    follower?.finish()
    defer { server?.linger() }
    if case .notStarted(let code) = end {
      let text = "cannot start \(words[0]): \(FileProblem("start", code: code).finding)"
      recording.recorder?.finish(HistoryStore.Ending(status: .failed, headline: text))
      Messages.say(text)
      throw ExitCode(end.code)
    }
    let (status, ending) = diagnose(RecordingList.folders(in: folder), recording)
    recording.recorder?.finish(ending ?? RunCommand.ending(of: end))
    throw ExitCode(diagnoseExitCode ? status.rawValue : end.code)
  }

  /// Opens the live page. A program that is to run does so without it as well.
  private func open(_ path: String?, showing recording: Recording) -> PageServer? {
    guard let path, let number = recording.recorder?.number else {
      Messages.say("there is no live page, because there is no history to show")
      return nil
    }
    do {
      let kept = PageAddress.place(beside: path)
      let wanted = PageAddress(keptAt: kept)
      let server = try PageServer(HistoryStore(path: path), at: wanted)
      // Where `downhill serve` has the port, its address stays the one that is kept.
      if wanted.port == 0 || wanted.port == server.address.port { server.address.keep(at: kept) }
      Messages.say("the live page is \(server.address.url)run/\(number)")
      return server
    } catch {
      Messages.say("there is no live page: \(ErrorText.message(for: error))")
      return nil
    }
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

  /// Diagnoses the last model that was trained. Whatever goes wrong here is said and costs nothing
  /// else.
  ///
  /// - Returns: what `diagnose` would exit with, and how the run ends in the history; `nil` for the
  ///   program's own end.
  private func diagnose(
    _ recordings: [String], _ recording: Recording
  ) -> (ExitStatus, HistoryStore.Ending?) {
    guard let last = recordings.last else {
      Messages.note(["nothing was recorded: the program called no fit of a Keras that is known"])
      return (.healthy, nil)
    }
    if keep != nil { Messages.note(["the recording is \(last)"]) }
    if recordings.count > 1 {
      Messages.note(["\(recordings.count) models were trained; the last of them is examined"])
    }
    guard !noDiagnosis else { return (.healthy, nil) }
    do {
      let run = try TrainingRun(RunRequest(paths: [last]))
      Messages.note(run.notes)
      recording.describe(run)
      let diagnosing = Diagnosing(options: diagnosis)
      let found = try diagnosing.consultation(on: run, recorder: recording.recorder).report
      if let report {
        try AtomicFile.write(JSONFormat().render(found, for: .plain), to: report)
      }
      OutputStream.messages.write(
        format.format.render(
          found, for: OutputStream.messages.appearance(environment: Shell.environment)))
      return (
        diagnosing.status(of: found),
        HistoryStore.Ending(
          status: Interruption.wasRequested ? .interrupted : .finished, report: found)
      )
    } catch {
      let text = ErrorText.message(for: error)
      Messages.say("error: \(text)")
      return (ExitStatus(for: error), HistoryStore.Ending(status: .failed, headline: text))
    }
  }

  /// How a program ended that was not diagnosed.
  private static func ending(of end: RecordedCommand.End) -> HistoryStore.Ending {
    switch end {
    case .exited(0): HistoryStore.Ending(status: .finished)
    case .exited(let code):
      HistoryStore.Ending(status: .failed, headline: "the program exited with \(code)")
    case .signalled(SIGINT): HistoryStore.Ending(status: .interrupted)
    case .signalled(let signal):
      HistoryStore.Ending(status: .failed, headline: "signal \(signal) ended the program")
    case .notStarted: HistoryStore.Ending(status: .failed)
    }
  }
}
