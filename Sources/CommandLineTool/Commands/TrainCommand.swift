import ArgumentParser
import Downhill
import FileAccess
import History
import Reports
import Training

/// `downhill train`: Keras' `fit` without Python.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Trains a model as Keras' fit does, and writes it.",
    discussion: """
      On a terminal the progress is Keras' own line, elsewhere a plain line an epoch. Ctrl-C ends \
      training after the batch; what was learnt by then is written all the same, and the exit code \
      is 130.
      """)

  @OptionGroup(title: "The run")
  var source: RunOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The trained model to write.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Where to write losses and metrics by epoch: .csv or .json.", valueName: "file"))
  var log: String?

  @OptionGroup(title: "The history")
  var history: HistoryOptions

  @Option(help: ArgumentHelp("Whence the order of rows and dropout come.", valueName: "n"))
  var seed: UInt64 = 0

  func validate() throws {
    guard output.hasSuffix(".keras") else {
      throw ValidationError("--output is \(output); Keras opens names that end in .keras.")
    }
    if let log, HistoryFile(path: log) == nil {
      throw ValidationError("--log is \(log); names end in .csv or .json.")
    }
  }

  func run() throws {
    let loaded = try source.load()
    let model = try OutputPath(output, inputs: loaded.inputFiles)
    if let log { _ = try OutputPath(log, inputs: loaded.inputFiles + [output]) }
    let prepared = try loaded.prepared(seed: seed)
    Messages.note(prepared.notes)
    var state = prepared.state
    Interruption.catchOnce()
    let recording = Recording(.train, of: loaded, options: history)
    let record = try recording.ending {
      try train(prepared, &state, subject: loaded.subject, recorder: recording.recorder)
    } _: { _ in
      HistoryStore.Ending(status: Interruption.wasRequested ? .interrupted : .finished)
    }
    try model.write(prepared.file(state))
    if let log, let file = HistoryFile(path: log) {
      try file.write(
        record.names.map { ($0, record[$0]) }, firstEpoch: record.firstEpoch)
    }
    for message in record.messages { Messages.say(message) }
    Messages.say("the trained model is \(output)")
    if Interruption.wasRequested { throw ExitStatus.interrupted.exitCode }
  }

  private func train(
    _ prepared: TrainingRun.Prepared, _ state: inout TrainingState, subject: String,
    recorder: RunRecorder?
  ) throws -> Training.History {
    let console = TrainingConsole(
      stream: .results, epochs: prepared.options.epochs, stepCount: prepared.stepCount)
    let keeping = recorder.map { [HistoryCallback(recorder: $0) as any Callback] } ?? []
    do {
      return try prepared.trainer.fit(
        &state, data: prepared.data, options: prepared.options,
        callbacks: prepared.callbacks + keeping + [console],
        isCancelled: { Interruption.wasRequested })
    } catch let error as InputError {
      throw error
    } catch {
      throw InputError(RunProblem.unfit("\(error)"), in: subject)
    }
  }
}
