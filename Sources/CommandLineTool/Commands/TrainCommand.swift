import ArgumentParser
import Downhill
import FileAccess
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
  var run: RunOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The trained model to write.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Where to write losses and metrics by epoch: .csv or .json.", valueName: "file"))
  var history: String?

  @Option(help: ArgumentHelp("Whence the order of rows and dropout come.", valueName: "n"))
  var seed: UInt64 = 0

  func validate() throws {
    guard output.hasSuffix(".keras") else {
      throw ValidationError("--output is \(output); Keras opens names that end in .keras.")
    }
    if let history, HistoryFile(path: history) == nil {
      throw ValidationError("--history is \(history); names end in .csv or .json.")
    }
  }

  func run() throws {
    let loaded = try run.load()
    let model = try OutputPath(output, inputs: loaded.inputFiles)
    if let history { _ = try OutputPath(history, inputs: loaded.inputFiles + [output]) }
    let prepared = try loaded.prepared(seed: seed)
    Messages.note(prepared.notes)
    var state = prepared.state
    Interruption.catchOnce()
    let record = try train(prepared, &state, subject: loaded.subject)
    try model.write(prepared.file(state))
    if let history, let file = HistoryFile(path: history) {
      try file.write(
        record.names.map { ($0, record[$0]) }, firstEpoch: record.firstEpoch)
    }
    for message in record.messages { Messages.say(message) }
    Messages.say("the trained model is \(output)")
    if Interruption.wasRequested { throw ExitStatus.interrupted.exitCode }
  }

  private func train(
    _ prepared: TrainingRun.Prepared, _ state: inout TrainingState, subject: String
  ) throws -> History {
    let options = prepared.options
    let stepCount = prepared.stepCount
    var console = TrainingConsole(
      stream: .results, epochs: options.epochs, stepCount: stepCount)
    do {
      return try prepared.trainer.fit(
        &state, data: prepared.data, options: options, callbacks: prepared.callbacks,
        isCancelled: { Interruption.wasRequested },
        onBatch: { report in
          if report.batch == 0 { console.begin(epoch: report.epoch + 1) }
          console.show(step: report.batch + 1, logs: [("loss", report.meanLoss)])
          return .proceed
        },
        onEpoch: { _, logs, _ in
          console.end(logs: logs.entries.map { ($0.name, $0.value) })
          return .proceed
        })
    } catch {
      throw InputError(RunProblem.unfit("\(error)"), in: subject)
    }
  }
}
