import Foundation
public import JSON
public import Networks
import Tensors

/// Writes what TensorBoard shows: the numbers of each epoch, the model, and how weights are spread.
public struct TensorBoard: FileWritingCallback, Configurable {
  /// Keras' class.
  public static let className = "TensorBoard"
  private let folder: String
  private let histogramFrequency: Int
  private let writesModel: Bool
  /// After how many batches the loss is written; `nil`: after epochs only.
  private let batchFrequency: Int?
  private var training: EventFile?
  private var validation: EventFile?
  private var batches = 0

  /// A log for TensorBoard.
  ///
  /// - Parameters:
  ///   - folder: Where to; training and validation get a folder of their own in it.
  ///   - histogramFrequency: After how many epochs weights are written; 0: never.
  ///   - writesModel: Whether the model is written.
  ///   - batchFrequency: After how many batches the loss is written; `nil`: after epochs only.
  public init(
    folder: String = "logs", histogramFrequency: Int = 0, writesModel: Bool = true,
    batchFrequency: Int? = nil
  ) {
    self.folder = folder
    self.histogramFrequency = histogramFrequency
    self.writesModel = writesModel
    self.batchFrequency = batchFrequency
  }

  /// Reads the arguments. Images, profiles and embeddings are not written.
  public init(configuration: Configuration) throws {
    folder = try configuration.string("log_dir", default: "logs")
    histogramFrequency = try configuration.int("histogram_freq", default: 0)
    writesModel = try configuration.bool("write_graph", default: true)
    switch configuration.value("update_freq") {
    case nil, .string("epoch"): batchFrequency = nil
    case .string("batch"): batchFrequency = 1
    case .some(let value):
      guard let count = value.int, count > 0 else {
        throw configuration.error(
          "update_freq", found: value, expected: "'epoch', 'batch' or a number of batches")
      }
      batchFrequency = count
    }
  }

  /// The arguments that are not Keras' defaults.
  public var configuration: JSONObject {
    var result = JSONObject()
    result.set("log_dir", folder, default: "logs")
    result.set("histogram_freq", histogramFrequency, default: 0)
    result.set("write_graph", writesModel, default: true)
    if let batchFrequency { result["update_freq"] = .int(batchFrequency) }
    return result
  }

  /// Whether the loss of batches is written.
  public var watchesBatches: Bool { batchFrequency != nil }

  /// Begins new files.
  public mutating func trainingBegins(_ control: FitControl) throws {
    (training, validation, batches) = (nil, nil, 0)
    guard writesModel else { return }
    let json = String(decoding: control.model.original.bytes(), as: UTF8.self)
    try write([.kerasModel("keras", json: json)], step: 0, to: \.training, "train")
  }

  /// Writes the loss.
  public mutating func batchEnds(_ report: BatchReport, _ control: FitControl) throws {
    batches += 1
    guard let batchFrequency, batches % batchFrequency == 0 else { return }
    try write(
      [.scalar("batch_loss", report.meanLoss)], step: batches, to: \.training, "train")
  }

  /// Writes what came of the validation data.
  public mutating func validationEnds(_ logs: Logs, _ control: FitControl) throws {
    try write(
      logs.entries.map { .scalar("evaluation_\($0.name)_vs_iterations", $0.value) },
      step: control.iterations, to: \.validation, "validation")
  }

  /// Writes the numbers of the epoch, and weights if it is time.
  public mutating func epochEnds(
    _ epoch: Int, _ logs: inout Logs, _ control: FitControl
  ) throws {
    var own: [EventSummary] = []
    var others: [EventSummary] = []
    for entry in logs.entries where entry.name != "learning_rate" {
      if entry.name.hasPrefix("val_") {
        others.append(.scalar("epoch_" + entry.name.dropFirst(4), entry.value))
      } else {
        own.append(.scalar("epoch_" + entry.name, entry.value))
      }
    }
    own.append(.scalar("epoch_learning_rate", control.learningRate))
    if histogramFrequency > 0, epoch % histogramFrequency == 0 {
      let state = control.state
      own += control.model.variables.map { variable in
        .histogram(
          "\(variable.layer)/\(variable.name)/histogram",
          state.tensor(variable.number, layout: control.model.layout).scalars)
      }
    }
    try write(own, step: epoch, to: \.training, "train")
    try write(others, step: epoch, to: \.validation, "validation")
  }

  private mutating func write(
    _ summaries: [EventSummary], step: Int, to file: WritableKeyPath<TensorBoard, EventFile?>,
    _ part: String
  ) throws {
    guard !summaries.isEmpty else { return }
    let time = Date().timeIntervalSince1970
    let open = try self[keyPath: file] ?? EventFile(folder: "\(folder)/\(part)", time: time)
    self[keyPath: file] = open
    try open.write(summaries, step: step, time: time)
  }
}
