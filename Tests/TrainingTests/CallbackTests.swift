import Engine
import Foundation
import JSON
import Networks
import Tensors
import TestSupport
import Testing
import Training

@Suite struct CallbackTests {
  /// Keeps what is saved in place of files of a model.
  private struct Notes: ModelArchive {
    func model(_ state: TrainingState) throws -> [UInt8] { Array("\(state.iterations)".utf8) }
    func weights(_ state: TrainingState) throws -> [UInt8] {
      try JSONEncoder().encode(state.parameters + [Float(state.iterations)]).map { $0 }
    }
    func restore(_ weights: [UInt8], into state: inout TrainingState) throws {
      let numbers = try JSONDecoder().decode([Float].self, from: Data(weights))
      state.parameters = Array(numbers.dropLast())
      state.iterations = Int(numbers.last ?? 0)
    }
  }

  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "downhill-\(UUID().uuidString)")

  private func trainer(_ optimizer: JSONValue = "sgd") throws -> Trainer {
    let model = try Model(
      configuration: [
        "class_name": "Sequential",
        "config": [
          "layers": [
            ["class_name": "InputLayer", "config": ["batch_shape": [nil, 2]]],
            ["class_name": "Dense", "config": ["units": 1, "name": "dense"]],
          ]
        ],
      ])
    return try Trainer(
      model: model,
      compilation: try Compilation(configuration: ["optimizer": optimizer, "loss": "mse"]),
      backend: testedBackend)
  }

  private var data: TrainingData {
    let x = (0..<20).map { Float($0 % 7) / 7 - 0.4 }
    return TrainingData(
      inputs: [Tensor(shape: [10, 2], scalars: x)],
      targets: [Tensor(shape: [10, 1], scalars: (0..<10).map { x[2 * $0] - x[2 * $0 + 1] })])
  }

  private func files() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  @Test func checkpointsAreNamedAsInKeras() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let trainer = try trainer()
    var state = try trainer.initialState(seed: 1)
    let path = folder.path + "/{epoch:02d}-{val_loss:.3f}.keras"
    let history = try trainer.fit(
      &state, data: data, options: FitOptions(epochs: 3, batchSize: 4, validationSplit: 0.2),
      callbacks: [ModelCheckpoint(path: path, isVerbose: true)], archive: Notes())
    let names = history.epochs.indices.map {
      String(format: "%02d-%.3f.keras", $0 + 1, history["val_loss"][$0])
    }
    #expect(files() == names)
    #expect(
      history.messages.prefix(2) == [
        "\nEpoch 1: saving model to \(folder.path)/\(names[0])",
        "\nEpoch 1: finished saving model to \(folder.path)/\(names[0])",
      ])
    #expect(try String(contentsOfFile: "\(folder.path)/\(names[2])", encoding: .utf8) == "6")
  }

  @Test func onlyTheBestIsKept() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let trainer = try trainer(["class_name": "SGD", "config": ["learning_rate": 3.0]])
    var state = try trainer.initialState(seed: 1)
    let best = ModelCheckpoint(
      path: folder.path + "/best.keras", monitor: "loss", savesBestOnly: true, isVerbose: true)
    let history = try trainer.fit(
      &state, data: data, options: FitOptions(epochs: 4), callbacks: [best], archive: Notes())
    let losses = history["loss"]
    let expected = losses.indices.filter { epoch in
      losses[..<epoch].allSatisfy { losses[epoch] < $0 }
    }
    #expect(history.messages.count { $0.contains("improved from") } == expected.count)
    #expect(
      history.messages.count { $0.contains("did not improve from") } == 4 - expected.count)
    #expect(
      history.messages[0] == "\nEpoch 1: loss improved from None to "
        + String(format: "%.5f", losses[0]) + ", saving model to \(folder.path)/best.keras")
  }

  @Test(arguments: ["a.h5", "a-{epoch.keras", "a-{epoch:x}.keras", "a}.keras"])
  func namesThatMeanNothingAreRefused(_ name: String) throws {
    let trainer = try trainer()
    var state = try trainer.initialState(seed: 1)
    #expect(throws: TrainingError.self) {
      try trainer.fit(
        &state, data: data, callbacks: [ModelCheckpoint(path: name)], archive: Notes())
    }
    let missing = #expect(throws: TrainingError.self) {
      try trainer.fit(
        &state, data: data, callbacks: [ModelCheckpoint(path: "{no_such:.2f}.keras")],
        archive: Notes())
    }
    #expect("\(missing as Any)".contains("no_such"))
  }

  @Test func aRunThatWasCutOffGoesOn() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let trainer = try trainer()
    let options = FitOptions(epochs: 5, batchSize: 4)
    var whole = try trainer.initialState(seed: 1)
    try trainer.fit(&whole, data: data, options: options)
    let backup = BackupAndRestore(folder: folder.path, keepsTwo: true)
    var first = try trainer.initialState(seed: 1)
    #expect(throws: CancellationError.self) {
      try trainer.fit(
        &first, data: data, options: options, callbacks: [backup, Breaker(epoch: 2)],
        archive: Notes())
    }
    #expect(files().contains("latest.weights.h5") && files().contains("training_metadata.json"))
    var second = try trainer.initialState(seed: 1)
    let history = try trainer.fit(
      &second, data: data, options: options, callbacks: [backup], archive: Notes())
    #expect(history.firstEpoch == 2 && history.epochs.count == 3)
    #expect(second.parameters == whole.parameters)
    #expect(files().isEmpty)
  }

  /// Fails as a run does that is killed.
  private struct Breaker: Callback {
    let epoch: Int
    mutating func epochBegins(_ epoch: Int, _ control: FitControl) throws {
      if epoch == self.epoch { throw CancellationError() }
    }
  }

  @Test func aTableOfRatesIsRepeated() throws {
    let trainer = try trainer(["class_name": "SGD", "config": ["learning_rate": 0.5]])
    var state = try trainer.initialState(seed: 1)
    let options = FitOptions(epochs: 4)
    func rates(_ callback: any Callback) throws -> [Double] {
      try trainer.fit(&state, data: data, options: options, callbacks: [callback])["learning_rate"]
    }
    #expect(try rates(LearningRateScheduler(rates: [0.25, 0.125])) == [0.25, 0.125, 0.125, 0.125])
    state.learningRate = 0.5
    #expect(try rates(LearningRateScheduler(rates: [1, 0.5], base: 1)) == [0.5, 0.25, 0.25, 0.25])
  }

  @Test func recordingsNeverMakeUsWrite() throws {
    let (callbacks, others) = CallbackCatalogue.recorded(
      [
        ["class_name": "EarlyStopping", "config": ["patience": 3]],
        ["class_name": "CSVLogger", "config": ["filename": "/tmp/x.csv"]],
        ["class_name": "ModelCheckpoint", "config": ["filepath": "/tmp/x.keras"]],
        ["class_name": "TensorBoard", "config": ["log_dir": "/tmp/x"]],
        ["class_name": "BackupAndRestore", "config": ["backup_dir": "/tmp/x"]],
        "LearningRateScheduler", "MyCallback",
      ], history: ["learning_rate": [0.1, 0.05]], firstEpoch: 0, rate: 0.1)
    #expect(callbacks.count == 2)
    #expect(callbacks.contains { $0 is LearningRateScheduler })
    #expect(
      others == ["CSVLogger", "ModelCheckpoint", "TensorBoard", "BackupAndRestore", "MyCallback"])
  }

  @Test func configurationsSurviveTheRoundTrip() throws {
    let cases: [JSONValue] = [
      [
        "class_name": "EarlyStopping", "config": ["monitor": "loss", "mode": "min", "patience": 2],
      ],
      ["class_name": "ModelCheckpoint", "config": ["filepath": "a.keras", "save_freq": 10]],
      [
        "class_name": "BackupAndRestore",
        "config": ["backup_dir": "b", "delete_checkpoint": false],
      ],
      ["class_name": "ReduceLROnPlateau", "config": ["min_delta": 0.001, "factor": 0.5]],
      ["class_name": "TensorBoard", "config": ["log_dir": "c", "update_freq": 5]],
      ["class_name": "SwapEMAWeights", "config": ["swap_on_epoch": true]],
      ["class_name": "CSVLogger", "config": ["filename": "d.csv", "append": true]],
      ["class_name": "LearningRateScheduler", "config": ["rates": [0.1, 0.2]]],
    ]
    for json in cases {
      let callback = try #require(
        try CallbackCatalogue.callback(json) as? any Callback & Configurable)
      #expect(.object(callback.configuration) == json["config"])
    }
  }

  @Test func eventFilesHoldRecordsWithChecksums() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let trainer = try trainer()
    var state = try trainer.initialState(seed: 1)
    try trainer.fit(
      &state, data: data, options: FitOptions(epochs: 2, validationSplit: 0.2),
      callbacks: [TensorBoard(folder: folder.path, histogramFrequency: 1, batchFrequency: 1)])
    #expect(files() == ["train", "validation"])
    for (part, tags) in [
      ("train", ["epoch_loss", "epoch_learning_rate", "batch_loss", "dense/kernel/histogram"]),
      ("validation", ["epoch_loss", "evaluation_loss_vs_iterations"]),
    ] {
      let place = folder.appending(path: part)
      let name = try #require(
        try FileManager.default.contentsOfDirectory(atPath: place.path).first)
      #expect(name.hasPrefix("events.out.tfevents.") && name.hasSuffix(".v2"))
      let records = try Self.records([UInt8](Data(contentsOf: place.appending(path: name))))
      #expect(String(decoding: records[0], as: UTF8.self).contains("brain.Event:2"))
      for tag in tags {
        #expect(
          records.count { $0.firstRange(of: Array(tag.utf8)) != nil }
            == (tag == "batch_loss" ? 2 : 2),
          "\(tag)")
      }
    }
  }

  /// The records of a file, their checksums compared bit by bit.
  private static func records(_ bytes: [UInt8]) throws -> [[UInt8]] {
    func number(_ range: Range<Int>) -> UInt64 {
      bytes[range].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
      var value: UInt32 = 0xFFFF_FFFF
      for byte in bytes {
        value ^= UInt32(byte)
        for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
      }
      value = ~value
      return UInt64((value >> 15 | value << 17) &+ 0xA282_EAD8)
    }
    var (records, start) = ([[UInt8]](), 0)
    while start < bytes.count {
      let length = Int(number(start..<start + 8))
      let end = start + 12 + length
      #expect(number(start + 8..<start + 12) == checksum(bytes[start..<start + 8]))
      #expect(number(end..<end + 4) == checksum(bytes[start + 12..<end]))
      records.append(Array(bytes[start + 12..<end]))
      start = end + 4
    }
    return records
  }
}
