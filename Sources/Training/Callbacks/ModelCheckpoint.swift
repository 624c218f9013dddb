import FileAccess
import Foundation
public import JSON
public import Networks

/// Saves the model as training goes on, or only when a number becomes better.
public struct ModelCheckpoint: FileWritingCallback, Configurable {
  /// Keras' class.
  public static let className = "ModelCheckpoint"
  private let path: String
  private let template: FileNameTemplate?
  private let isVerbose: Bool
  private let savesBestOnly: Bool
  private let savesWeightsOnly: Bool
  private let frequency: SavingFrequency
  private let threshold: Double?
  private var monitor: Monitor
  private var best: Double?
  private var epoch = 0
  private var batches = 0

  /// A checkpoint.
  ///
  /// - Parameters:
  ///   - path: Where to: a name that ends in `.keras`, or in `.weights.h5` for weights alone. It may
  ///     hold numbers in Python's form, `model-{epoch:02d}-{val_loss:.2f}.keras`.
  ///   - monitor: The number that is watched.
  ///   - mode: `min` or `max` for what is better; `auto` leaves it to the metric.
  ///   - savesBestOnly: Whether only the best model so far is saved.
  ///   - savesWeightsOnly: Whether only the weights are saved.
  ///   - frequency: When.
  ///   - threshold: What the first saved model has to be better than.
  ///   - isVerbose: Whether it says what it does.
  public init(
    path: String, monitor: String = "val_loss", mode: String = "auto", savesBestOnly: Bool = false,
    savesWeightsOnly: Bool = false, frequency: SavingFrequency = .epoch, threshold: Double? = nil,
    isVerbose: Bool = false
  ) {
    self.path = path
    template = FileNameTemplate(path)
    self.monitor = Monitor(monitor, mode: mode, minimumChange: 0)
    self.savesBestOnly = savesBestOnly
    self.savesWeightsOnly = savesWeightsOnly
    self.frequency = frequency
    self.threshold = threshold
    self.isVerbose = isVerbose
  }

  /// Reads the arguments.
  public init(configuration: Configuration) throws {
    guard let path = try configuration.string("filepath") else {
      throw configuration.error("filepath", found: nil, expected: "a path")
    }
    self.path = path
    template = FileNameTemplate(path)
    monitor = try Monitor(configuration, minimumChange: 0)
    savesBestOnly = try configuration.bool("save_best_only", default: false)
    savesWeightsOnly = try configuration.bool("save_weights_only", default: false)
    frequency = try SavingFrequency(configuration)
    threshold = try configuration.double("initial_value_threshold")
    isVerbose = try configuration.int("verbose", default: 0) > 0
  }

  /// The arguments that are not Keras' defaults.
  public var configuration: JSONObject {
    var result: JSONObject = ["filepath": .string(path)]
    monitor.write(into: &result, minimumChange: 0)
    result.set("save_best_only", savesBestOnly, default: false)
    result.set("save_weights_only", savesWeightsOnly, default: false)
    if let json = frequency.json { result["save_freq"] = json }
    result.set("initial_value_threshold", threshold)
    result.set("verbose", isVerbose ? 1 : 0, default: 0)
    return result
  }

  /// Whether it saves after batches.
  public var watchesBatches: Bool { frequency != .epoch }

  /// Checks the name of the file and what is watched.
  public mutating func trainingBegins(_ control: FitControl) throws {
    (best, batches) = (threshold, 0)
    let ending = savesWeightsOnly ? ".weights.h5" : ".keras"
    guard template != nil, path.hasSuffix(ending) else {
      throw TrainingError.argument(
        name: "ModelCheckpoint filepath", found: "'\(path)'",
        expected: "a name that ends in \(ending), with numbers as in {epoch:02d}")
    }
    guard control.archive != nil else {
      throw TrainingError.argument(
        name: "callbacks", found: "ModelCheckpoint where nobody knows how to save the model",
        expected: "an archive for the model")
    }
    try monitor.resolve(Self.className, control)
  }

  /// Remembers the epoch.
  public mutating func epochBegins(_ epoch: Int, _ control: FitControl) { self.epoch = epoch }

  /// Saves if it is time.
  public mutating func batchEnds(_ report: BatchReport, _ control: FitControl) throws {
    batches += 1
    guard frequency.isDue(afterBatches: batches) else { return }
    var logs = Logs()
    logs["loss"] = report.meanLoss
    try save(["epoch": epoch + 1, "batch": report.batch + 1], logs, control)
  }

  /// Saves if it is time.
  public mutating func epochEnds(
    _ epoch: Int, _ logs: inout Logs, _ control: FitControl
  ) throws {
    if frequency == .epoch { try save(["epoch": epoch + 1], logs, control) }
  }

  private mutating func save(
    _ counts: [String: Int], _ logs: Logs, _ control: FitControl
  ) throws {
    guard let template, let archive = control.archive else { return }
    let (name, missing) = template.filled(counts: counts, logs: logs)
    if let missing {
      throw TrainingError.argument(
        name: "ModelCheckpoint filepath", found: "'{\(missing)}' in '\(path)'",
        expected: "one of \((counts.keys.sorted() + logs.names).joined(separator: ", "))")
    }
    let epoch = "\nEpoch \(self.epoch + 1): "
    guard isWorthSaving(name, epoch, logs, control) else { return }
    let folder = URL(filePath: name).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let state = control.state
    let bytes = savesWeightsOnly ? try archive.weights(state) : try archive.model(state)
    try AtomicFile.write(bytes, to: name)
    if isVerbose { control.say(epoch + "finished saving model to \(name)") }
  }

  private mutating func isWorthSaving(
    _ name: String, _ epoch: String, _ logs: Logs, _ control: FitControl
  ) -> Bool {
    guard savesBestOnly else {
      if isVerbose { control.say(epoch + "saving model to \(name)") }
      return true
    }
    guard let current = logs[monitor.name] else {
      control.say("Can save best model only with \(monitor.name) available.")
      return true
    }
    func text(_ number: Double) -> String { String(format: "%.5f", number) }
    let former = best.map(text) ?? "None"
    guard monitor.isImprovement(current, over: best) else {
      if isVerbose { control.say(epoch + "\(monitor.name) did not improve from \(former)") }
      return false
    }
    best = current
    if isVerbose {
      control.say(
        epoch + "\(monitor.name) improved from \(former) to \(text(current)), "
          + "saving model to \(name)")
    }
    return true
  }
}
