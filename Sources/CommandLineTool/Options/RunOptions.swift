import ArgumentParser
import Downhill

/// What describes a training run on the command line: its files, and the arguments of `fit`.
struct RunOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A script (.py, .ipynb, .txt), a model (.keras), the folder of a recorded run, or a log: what "
        + "the program printed, a CSVLogger file, a history, a TensorBoard folder; - reads a script or "
        + "a log from standard input.", valueName: "what"))
  var what: [String]

  @Option(help: ArgumentHelp("The training data: .npz, .npy or .csv.", valueName: "file"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "Where the labels are: a column of the .csv, an array of the .npz, or a .npy file.",
      valueName: "column"))
  var labels: String?

  @Option(help: ArgumentHelp("The validation data, in the form of --data.", valueName: "file"))
  var validation: String?

  @Option(help: ArgumentHelp("The number of epochs.", valueName: "n"))
  var epochs: Int?

  @Option(help: ArgumentHelp("Rows in a batch.", valueName: "n"))
  var batchSize: Int?

  @Option(
    help: ArgumentHelp(
      "The share of the rows, taken from the end, to validate on.", valueName: "share"))
  var validationSplit: Double?

  @Flag(help: "Take the rows in their order in every epoch.")
  var noShuffle = false

  @Option(
    help: ArgumentHelp(
      "How much a row of each class counts, as 0=1,1=9.5.", valueName: "class=weight,…"))
  var classWeight: ClassWeightArgument?

  func validate() throws {
    if let epochs, epochs < 1 { throw ValidationError("--epochs is \(epochs); it starts at 1.") }
    if let batchSize, batchSize < 1 {
      throw ValidationError("--batch-size is \(batchSize); it starts at 1.")
    }
    if let share = validationSplit, !(share >= 0 && share < 1) {
      throw ValidationError("--validation-split is \(share); it lies from 0 to below 1.")
    }
  }

  /// The same as a request of the library.
  var request: RunRequest {
    var request = RunRequest(paths: what)
    request.data = data
    request.labels = labels
    request.validation = validation
    request.epochs = epochs
    request.batchSize = batchSize
    request.validationSplit = validationSplit
    request.shuffle = noShuffle ? false : nil
    request.classWeight = classWeight?.weights
    return request
  }

  /// Reads the run, and says on the message stream what a user should know of how it was read.
  func load() throws -> TrainingRun {
    let run = try TrainingRun(request)
    Messages.note(run.notes)
    return run
  }
}
