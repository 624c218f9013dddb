import CaseFile
import FileAccess
import Foundation
import Logs
import TestSupport
import Testing

@Suite("TensorBoard's events")
struct EventFileTests {
  private static let folder = Fixtures.samples.appending(path: "tensorboard")

  private static func bytes(_ kind: String) throws -> [UInt8] {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: kind).path)
    return [UInt8](try Data(contentsOf: folder.appending(path: "\(kind)/\(names[0])")))
  }

  private static func scratch() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(path: "events-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  @Test("of training and validation make one run")
  func readsFolder() throws {
    #expect(TrainingLog.isEventFolder(Self.folder.path))
    let log = try TrainingLog(eventFolder: Self.folder.path)
    let history = try #require(log.recorded?.history)
    #expect(Set(history.keys) == ["loss", "accuracy", "learning_rate", "val_loss", "val_accuracy"])
    #expect(
      history["loss"] == [
        Double(Float(bitPattern: 0x3F24_C556)), Double(Float(bitPattern: 0x3F24_B5B3)),
      ])
    #expect(history["val_loss"]?.count == 2)
    #expect(log.notes.isEmpty)
  }

  @Test("may end short: the file is still being written")
  func readsShortTail() throws {
    let bytes = try Self.bytes("train")
    for count in [bytes.count - 1, bytes.count - 7, bytes.count - 30] {
      let log = try TrainingLog(parsing: Array(bytes.prefix(count)), of: "train/events")
      #expect(log.recorded?.history["loss"]?.count == 2)
      #expect(log.notes == ["the end of a file is still being written (or was cut)"])
    }
  }

  @Test("with a bad checksum are left out and counted")
  func skipsDamage() throws {
    var bytes = try Self.bytes("train")
    let tag = try #require(Self.position(of: "epoch_loss", in: bytes))
    bytes[tag + 14] ^= 1
    let log = try TrainingLog(parsing: bytes, of: "train/events")
    #expect(log.recorded?.history["loss"]?.count == 1)
    #expect(log.notes == ["1 record has a checksum that does not fit and is left out"])
    // A damaged length: reading goes on at the next sound one. The first record has 62 bytes.
    var length = try Self.bytes("train")
    length[62 + 16] ^= 1
    let log2 = try TrainingLog(parsing: length, of: "train/events")
    #expect(log2.recorded?.history["loss"]?.count == 2)
    #expect(log2.notes.count == 1)
  }

  private static func position(of text: String, in bytes: [UInt8]) -> Int? {
    let wanted = Array(text.utf8)
    return bytes.indices.first { bytes[$0...].starts(with: wanted) }
  }

  @Test("of a program that was started again are kept apart, or go on")
  func keepsStartsApart() throws {
    let scratch = try Self.scratch()
    defer { try? FileManager.default.removeItem(at: scratch) }
    let train = scratch.appending(path: "train")
    try FileManager.default.createDirectory(at: train, withIntermediateDirectories: true)
    let bytes = try Self.bytes("train")
    for name in ["events.out.tfevents.1.h.1.0.v2", "events.out.tfevents.2.h.2.0.v2"] {
      try Data(bytes).write(to: train.appending(path: name))
    }
    let log = try TrainingLog(eventFolder: scratch.path)
    #expect(log.runs.count == 2)
    #expect(log.recorded?.history["loss"]?.count == 2)
  }
}
