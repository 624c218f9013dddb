import FileAccess
import Foundation
public import JSON
public import Networks

/// Saves where training stands, so that a run that was cut off goes on where it was.
///
/// The files are those of Keras: `latest.weights.h5` and `training_metadata.json`. Of the folder only
/// these are taken away at the end, and the folder itself if nothing else is in it.
public struct BackupAndRestore: FileWritingCallback, Configurable {
  /// Keras' class.
  public static let className = "BackupAndRestore"
  private let folder: String
  private let frequency: SavingFrequency
  private let keepsTwo: Bool
  private let cleansUp: Bool
  private var nextEpoch = 0
  private var batches = 0

  /// A backup.
  ///
  /// - Parameters:
  ///   - folder: Where to.
  ///   - frequency: When.
  ///   - keepsTwo: Whether the one before is kept too.
  ///   - cleansUp: Whether the backup is taken away once the run is done.
  public init(
    folder: String, frequency: SavingFrequency = .epoch, keepsTwo: Bool = false,
    cleansUp: Bool = true
  ) {
    self.folder = folder
    self.frequency = frequency
    self.keepsTwo = keepsTwo
    self.cleansUp = cleansUp
  }

  /// Reads the arguments.
  public init(configuration: Configuration) throws {
    guard let folder = try configuration.string("backup_dir"), !folder.isEmpty else {
      throw configuration.error(
        "backup_dir", found: configuration.values["backup_dir"], expected: "a path")
    }
    self.folder = folder
    frequency = try SavingFrequency(configuration)
    keepsTwo = try configuration.bool("double_checkpoint", default: false)
    cleansUp = try configuration.bool("delete_checkpoint", default: true)
  }

  /// The arguments that are not Keras' defaults.
  public var configuration: JSONObject {
    var result: JSONObject = ["backup_dir": .string(folder)]
    if let json = frequency.json { result["save_freq"] = json }
    result.set("double_checkpoint", keepsTwo, default: false)
    result.set("delete_checkpoint", cleansUp, default: true)
    return result
  }

  private var weightsPath: String { folder + "/latest.weights.h5" }
  private var metadataPath: String { folder + "/training_metadata.json" }

  /// Whether it saves after batches.
  public var watchesBatches: Bool { frequency != .epoch }

  /// Goes on from a backup, if there is one.
  public mutating func trainingBegins(_ control: FitControl) throws {
    batches = 0
    nextEpoch = control.initialEpoch
    guard let archive = control.archive else {
      throw TrainingError.argument(
        name: "callbacks", found: "BackupAndRestore where nobody knows how to save the model",
        expected: "an archive for the model")
    }
    do {
      try restore(weightsPath, metadataPath, archive, control)
    } catch {
      // The last one may be damaged.
      guard FileManager.default.fileExists(atPath: weightsPath + ".bkp") else { throw error }
      try restore(weightsPath + ".bkp", metadataPath + ".bkp", archive, control)
    }
  }

  private mutating func restore(
    _ weights: String, _ metadata: String, _ archive: any ModelArchive, _ control: FitControl
  ) throws {
    if FileManager.default.fileExists(atPath: weights) {
      var state = control.state
      try archive.restore([UInt8](Data(contentsOf: URL(filePath: weights))), into: &state)
      control.state = state
    }
    if FileManager.default.fileExists(atPath: metadata) {
      let json = try JSONValue(parsing: [UInt8](Data(contentsOf: URL(filePath: metadata))))
      if let epoch = json["epoch"]?.int, epoch >= 0 {
        control.initialEpoch = epoch
        nextEpoch = epoch
      }
    }
  }

  /// Saves if it is time.
  public mutating func batchEnds(_ report: BatchReport, _ control: FitControl) throws {
    batches += 1
    if frequency.isDue(afterBatches: batches) { try save(batch: report.batch, control) }
  }

  /// Saves if it is time.
  public mutating func epochEnds(
    _ epoch: Int, _ logs: inout Logs, _ control: FitControl
  ) throws {
    nextEpoch = epoch + 1
    if frequency == .epoch { try save(batch: 0, control) }
  }

  private func save(batch: Int, _ control: FitControl) throws {
    guard let archive = control.archive else { return }
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if keepsTwo {
      for path in [weightsPath, metadataPath] where manager.fileExists(atPath: path) {
        try AtomicFile.write([UInt8](Data(contentsOf: URL(filePath: path))), to: path + ".bkp")
      }
    }
    try AtomicFile.write(archive.weights(control.state), to: weightsPath)
    let metadata: JSONValue = ["epoch": .int(nextEpoch), "batch": .int(batch)]
    try AtomicFile.write(metadata.bytes(), to: metadataPath)
  }

  /// Takes the backup away.
  public mutating func trainingEnds(_ control: FitControl) throws {
    guard cleansUp else { return }
    let manager = FileManager.default
    for path in [weightsPath, metadataPath].flatMap({ [$0, $0 + ".bkp"] })
    where manager.fileExists(atPath: path) {
      try manager.removeItem(atPath: path)
    }
    if let rest = try? manager.contentsOfDirectory(atPath: folder), rest.isEmpty {
      try manager.removeItem(atPath: folder)
    }
  }
}
