import ArgumentParser
import Downhill
import KerasFiles

/// `downhill convert`: an old model as a `.keras` file that Keras 3 opens.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Writes an old model (.h5 of Keras 1 to 3, JSON and weights) as a .keras file.",
    discussion: """
      Keras 3 itself cannot load many of them. Names and forms are brought up to date; weights stay as \
      they are, bit by bit. The state of the optimizer is kept where Keras 3 wrote it.
      """)

  @Argument(
    help: ArgumentHelp(
      "The model (.h5, or .json from model.to_json()), its weights if they lie apart, and last the "
        + "file to write.", valueName: "file"))
  var files: [String]

  private var model: [String] { files.dropLast() }
  private var output: String { files.last ?? "" }

  func validate() throws {
    guard files.count > 1 else {
      throw ValidationError("Name the model and the file to write: convert old.h5 new.keras")
    }
    guard output.hasSuffix(".keras") else {
      throw ValidationError("The last name is \(output); Keras opens names that end in .keras.")
    }
  }

  func run() throws {
    var archive = try KerasArchive(modelAt: model[0])
    for path in model.dropFirst() { archive = try archive.adding(weightsAt: path) }
    let path = try OutputPath(output, inputs: model)
    let file = try KerasModelFile(archive, of: model[0])
    guard let found = file.model else {
      throw CommandError(
        model[0], "a model that cannot be converted: \(file.obstacle ?? "its class is unknown")",
        advice: "Load it with the Keras that wrote it, and save it as .keras.")
    }
    guard found.opaqueLayers.isEmpty else {
      throw CommandError(
        model[0], "a model that cannot be converted: \(file.obstacle ?? "a layer is not known")",
        advice: "Load it with the Keras that wrote it, and save it as .keras.")
    }
    if file.parameters == nil { Messages.note(["there are no weights; fresh ones are written"]) }
    try path.write(
      KerasModelFile.archived(
        model: found, parameters: file.parameters ?? found.initialParameters(seed: 0),
        compileConfiguration: file.compileConfiguration, optimizer: file.optimizer, source: archive)
    )
    Messages.say("the converted model is \(output)")
  }
}
