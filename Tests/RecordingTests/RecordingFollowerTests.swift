import Foundation
import Recording
import Synchronization
import Testing

@Suite("Whoever follows a recording")
struct RecordingFollowerTests {
  private final class Received: Sendable {
    let values = Mutex<[RecordingFollower.Value]>([])
    func wait(for count: Int) {
      for _ in 0..<200 where values.withLock({ $0.count }) < count {
        Thread.sleep(forTimeInterval: 0.05)
      }
    }
  }

  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "downhill-follow-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private func write(_ text: String, _ name: String, in folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: folder.appending(path: name), options: .atomic)
  }

  @Test("is handed each value once, while it is written and at the end")
  func follows() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let received = Received()
    let follower = RecordingFollower(folder.path) { new in
      received.values.withLock { $0 += new }
    }
    let first = folder.appending(path: "1-fit001")
    try write("{}", "capture.json", in: first)
    try write(#"{"loss": [0.5]}"#, "history.json", in: first)
    received.wait(for: 1)
    #expect(received.values.withLock { $0.count } == 1)
    try write(#"{"loss": [0.5, NaN], "val_loss": [0.7]}"#, "history.json", in: first)
    try write(
      #"{"steps": 10, "batches": [[1, 1, 5, 0.9], [2, 6, 10, 0.4]]}"#, "steps.json", in: first)
    let second = folder.appending(path: "1-fit002")
    try write("{}", "capture.json", in: second)
    try write(#"{"loss": [3]}"#, "history.json", in: second)
    follower.finish()
    let values = received.values.withLock { $0 }
    func texts(of series: String) -> [String] {
      values.filter { $0.series == series }.map { "\($0.step): \($0.value)" }
    }
    #expect(texts(of: "loss") == ["1: 0.5", "2: nan"])
    #expect(texts(of: "val_loss") == ["1: 0.7"])
    #expect(texts(of: "step_loss") == ["5: 0.9", "20: 0.4"])
    #expect(texts(of: "loss (model 2)") == ["1: 3.0"])
    #expect(values.count == 6)
  }

  @Test("passes over what cannot be read, and goes on once it can")
  func damaged() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let received = Received()
    let follower = RecordingFollower(folder.path) { new in
      received.values.withLock { $0 += new }
    }
    let recording = folder.appending(path: "1-fit001")
    try write("{}", "capture.json", in: recording)
    try write(#"{"loss": [0.5, "#, "history.json", in: recording)
    try write(#"{"batches": [[1, 2], "x", [1, 1, 4, 2.5]]}"#, "steps.json", in: recording)
    received.wait(for: 1)
    try write(#"{"loss": [0.5, 0.25]}"#, "history.json", in: recording)
    follower.finish()
    let values = received.values.withLock { $0 }
    #expect(values.filter { $0.series == "step_loss" }.map(\.step) == [4])
    #expect(values.filter { $0.series == "loss" }.map(\.value) == [0.5, 0.25])
  }
}
