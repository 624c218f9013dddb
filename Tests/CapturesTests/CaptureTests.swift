import Captures
import CaseFile
import Datasets
import FileAccess
import Foundation
import JSON
import KerasFiles
import TestSupport
import Testing

@Suite struct CaptureTests {
  /// Runs a body with a folder that holds the given files.
  static func withCapture(
    _ files: [String: String], sample: String? = nil, _ body: (String) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "capture-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    if let sample {
      try FileManager.default.copyItem(
        at: Fixtures.samples.appending(path: sample), to: folder.appending(path: "model.keras"))
    }
    try body(folder.path(percentEncoded: false))
  }

  static let description = """
    {"schema": "downhill.capture/1", "status": "raised", "error": "ValueError: no",
     "fit": {"epochs": 5, "batch_size": null, "validation_split": 0.25, "shuffle": false,
       "class_weight": {"0": 1.0, "1": 2.5}, "callbacks": ["EarlyStopping", {"class_name": "X"}]},
     "script": {"path": "../train.py"},
     "environment": {"keras": "3.15.1", "backend": "jax", "python": "3.11"}}
    """

  @Test func readsEverything() throws {
    let history = #"{"loss": [1.5, NaN, Infinity, null, "NaN"], "val_loss": [2]}"#
    try Self.withCapture(
      ["capture.json": Self.description, "history.json": history, "log.txt": "Epoch 1/5\n"],
      sample: "seq.keras"
    ) { folder in
      let capture = try Capture(path: folder)
      let file = capture.caseFile
      #expect(file.inputs.map(\.kind) == [.capture])
      #expect(file.fit?.epochs == 5)
      #expect(file.fit?.batchSize == 32)
      #expect(file.fit?.validationSplit == 0.25)
      #expect(file.fit?.shuffle == false)
      #expect(file.fit?.classWeight == [0: 1, 1: 2.5])
      #expect(file.fit?.callbacks.count == 2)
      #expect(file.environment?.backend == "jax")
      #expect(file.recorded?.status == .raised)
      #expect(file.recorded?.error == "ValueError: no")
      let loss = try #require(file.recorded?.history["loss"])
      #expect(loss[0] == 1.5)
      #expect(loss[2] == .infinity)
      #expect(loss[1].isNaN && loss[3].isNaN && loss[4].isNaN)
      #expect(file.model?.layers.count == 5)
      #expect(file.compilation?.optimizer == "Adam")
      #expect(file.data == nil)
      #expect(capture.log == "Epoch 1/5\n")
      #expect(capture.scriptPath == "../train.py")
    }
  }

  @Test func anyPartMayBeMissing() throws {
    try Self.withCapture(["history.json": "{}"]) { folder in
      let file = try Capture(path: folder).caseFile
      #expect(file.model == nil)
      #expect(file.fit == nil)
      #expect(file.recorded?.status == .unknown)
    }
    try Self.withCapture(["log.txt": ""]) { folder in
      let capture = try Capture(path: folder)
      #expect(capture.caseFile.recorded == nil)
    }
    try Self.withCapture([:]) { folder in
      #expect(throws: InputError.self) { try Capture(path: folder) }
    }
  }

  @Test func whatIsNoRecordIsRefused() throws {
    for (name, text) in [
      ("capture.json", "[]"), ("capture.json", #"{"schema": "downhill.capture/2"}"#),
      ("capture.json", "{"), ("history.json", "[1]"), ("history.json", #"{"loss": 1}"#),
      ("model.keras", "no archive"), ("data.npz", "PK"),
    ] {
      try Self.withCapture([name: text]) { folder in
        #expect {
          try Capture(path: folder)
        } throws: { error in
          (error as? InputError)?.subject.hasSuffix(name) == true
        }
      }
    }
  }

  @Test func fitHasKerasDefaults() {
    let fit = FitFacts(kerasArguments: [:])
    #expect(fit == FitFacts())
    #expect(fit.batchSize == 32)
    #expect(fit.epochs == 1)
    #expect(fit.shuffle)
    #expect(FitFacts(kerasArguments: ["shuffle": "batch"]).shuffle)
  }
}
