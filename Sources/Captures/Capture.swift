public import CaseFile
public import Datasets
public import FileAccess
import JSON
public import KerasFiles
import Logs

/// A recorded run: the model and the data as they were when `fit` was called, its arguments, and what
/// came of it. Any part may be missing.
public struct Capture: Sendable {
  /// The folder, as the user wrote it.
  public let path: String
  /// The model with its initial weights; `nil` if it was not recorded.
  public let model: KerasModelFile?
  /// The data; `nil` if it was not recorded.
  public let data: DataSet?
  /// The arguments of `fit`, with Keras' defaults for those not given.
  public let fit: FitFacts
  /// Whether the arguments of `fit` were recorded at all.
  public let hasFitArguments: Bool
  /// Where the run took place.
  public let environment: EnvironmentFacts?
  /// What was recorded of the run; `nil` if nothing was.
  public let recorded: RecordedRun?
  /// What stood on the console; `nil` if it was not recorded.
  public let log: String?
  /// What a user should know of the recording, one sentence each.
  public let notes: [String]
  /// The rows of the first steps, in their order; empty where they were not recorded.
  public let firstSteps: [DataSet]
  /// The user's script, as the record names it.
  public let scriptPath: String?

  /// The files of a capture.
  enum File {
    static let description = "capture.json"
    static let model = "model.keras"
    static let data = "data.npz"
    static let history = "history.json"
    static let log = "log.txt"
    static let steps = "steps.json"
    /// The rows of one of the first steps, from 1.
    static func step(_ number: Int) -> String { "step\(number).npz" }
    /// No recorder keeps more of them.
    static let mostSteps = 16
    /// More text than any console log that people keep.
    static let logSize = 256 << 20
  }

  /// Reads the folder of a recorded run.
  ///
  /// - Throws: ``InputError`` if it holds none of a capture's files, or one that cannot be
  ///   read.
  public init(path: String) throws(InputError) {
    self.path = path
    let folder = path.hasSuffix("/") ? path : path + "/"
    func readable(_ name: String) throws(InputError) -> String? {
      do {
        _ = try ReadableFile(path: folder + name)
        return folder + name
      } catch {
        if error.isNotFound { return nil }
        throw error
      }
    }
    let descriptionPath = try readable(File.description)
    let modelPath = try readable(File.model)
    let dataPath = try readable(File.data)
    let historyPath = try readable(File.history)
    let logPath = try readable(File.log)
    let stepsPath = try readable(File.steps)
    let found = [descriptionPath, modelPath, dataPath, historyPath, logPath]
    guard found.contains(where: { $0 != nil }) else {
      throw InputError(CaptureProblem.nothingFound, in: path)
    }
    var description: JSONValue?
    if let descriptionPath {
      let value = try JSONValue(contentsOf: descriptionPath)
      try Self.check(value, descriptionPath)
      description = value
    }
    model = try modelPath.map { path throws(InputError) in try KerasModelFile(path: path) }
    data = try dataPath.map { path throws(InputError) in try DataSet(paths: [path]) }
    var firstSteps: [DataSet] = []
    for number in 1...File.mostSteps {
      guard let path = try readable(File.step(number)) else { break }
      firstSteps.append(try DataSet(paths: [path]))
    }
    self.firstSteps = firstSteps
    log = try logPath.map { path throws(InputError) in
      String(decoding: try ReadableFile(path: path).allBytes(limit: File.logSize), as: UTF8.self)
    }
    let history = try historyPath.map { path throws(InputError) in
      try Self.history(JSONValue(contentsOf: path), path)
    }
    hasFitArguments = description?["fit"]?.object != nil
    fit = FitFacts(kerasArguments: description?["fit"] ?? .null)
    environment = description?["environment"].map { EnvironmentFacts(record: $0) }
    notes = Capture.notes(description)
    scriptPath = description?["script"]?["path"]?.string
    // What the console says fills in what was not recorded otherwise.
    let console = log.flatMap { text in
      (try? TrainingLog(parsing: Array(text.utf8), of: File.log))?.recorded
    }
    if description == nil && history == nil {
      recorded = console
    } else {
      recorded = RecordedRun(
        status: description?["status"]?.string.flatMap(RecordedRun.Status.init(rawValue:))
          ?? console?.status ?? .unknown,
        error: description?["error"]?.string ?? console?.error,
        history: history ?? console?.history ?? [:],
        batches: try stepsPath.flatMap { path throws(InputError) in
          try Capture.batches(JSONValue(contentsOf: path))
        } ?? console?.batches,
        plannedEpochs: console?.plannedEpochs,
        stepsPerEpoch: description?["steps_per_epoch"]?.int ?? console?.stepsPerEpoch)
    }
  }

  /// Everything that is known of the run.
  public var caseFile: CaseFile {
    var file = CaseFile(inputs: [InputSource(kind: .capture, path: path)])
    file.model = model?.facts
    file.compilation = model?.compileFacts
    file.fit = hasFitArguments ? fit : nil
    file.environment = environment
    file.data = data?.facts
    file.recorded = recorded
    return file
  }

  private static func check(_ description: JSONValue, _ path: String) throws(InputError) {
    guard description.object != nil else {
      throw InputError(CaptureProblem.notARecord, in: path)
    }
    let schema = description["schema"]?.string ?? "downhill.capture/1"
    guard schema == "downhill.capture/1" else {
      throw InputError(CaptureProblem.schema(schema), in: path)
    }
  }

  /// What the recorder could not record, and what it recorded only in part.
  private static func notes(_ description: JSONValue?) -> [String] {
    var notes = (description?["notes"]?.array ?? []).compactMap(\.string)
    if let data = description?["data"], data["complete"]?.bool == false {
      let source = data["source"]?.string ?? "the data"
      notes.append(
        "of \(source) only the first rows are recorded; trials train on those")
    }
    return notes
  }

  /// The losses within epochs: `[[epoch, first step, last step, loss], …]`; `nil` if there are none.
  private static func batches(_ steps: JSONValue) -> [BatchLoss]? {
    let batches = (steps["batches"]?.array ?? []).compactMap { entry -> BatchLoss? in
      guard let row = entry.array, row.count == 4, let epoch = row[0].int, let first = row[1].int,
        let last = row[2].int, let loss = row[3].double
      else { return nil }
      return BatchLoss(epoch: epoch, first: first, last: last, loss: loss)
    }
    return batches.isEmpty ? nil : batches
  }

  private static func history(
    _ value: JSONValue, _ path: String
  ) throws(InputError) -> [String: [Double]] {
    guard let members = value.object?.members else {
      throw InputError(CaptureProblem.notAHistory, in: path)
    }
    var history: [String: [Double]] = [:]
    for member in members {
      guard let elements = member.value.array else {
        throw InputError(CaptureProblem.notAHistory, in: path, at: ["member \(member.key)"])
      }
      // Writers that may not write NaN put null, or a string.
      history[member.key] = elements.map { $0.double ?? Double($0.string ?? "") ?? .nan }
    }
    return history
  }
}
