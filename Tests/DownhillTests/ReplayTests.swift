import Downhill
import Foundation
import TestSupport
import Testing

/// A run of real Keras with momentum, BatchNormalization, shuffling and class weights, whose first five
/// steps were recorded (`Tests/Goldens/making/recorded_steps.py`).
@Suite("Replaying recorded steps")
struct ReplayTests {
  private static let recording = Fixtures.project.appending(path: "Tests/Samples/recorded-steps")

  /// The recording with one file changed.
  private func changed(_ name: String, _ change: (String) -> String) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.copyItem(at: Self.recording, to: folder)
    let file = folder.appending(path: name)
    let text = try String(contentsOf: file, encoding: .utf8)
    try #require(change(text) != text)
    try change(text).write(to: file, atomically: true, encoding: .utf8)
    return folder
  }

  private func report(_ folder: URL) throws -> Report {
    let run = try TrainingRun(RunRequest(paths: [folder.path]))
    return try run.diagnosed(options: Doctor.Options(budget: 5)).report
  }

  @Test("agrees with Keras step by step")
  func agrees() throws {
    let replay = try #require(try report(Self.recording).replay)
    #expect(replay.verdict == .agrees)
    #expect(replay.steps == 5)
    #expect(replay.largestDifference < 1e-5)
  }

  @Test("follows the sum where TensorFlow logs the mean, in the order of the rows")
  func followsUnreduced() throws {
    let replay = try #require(
      try report(Fixtures.samples.appending(path: "recorded-unreduced")).replay)
    #expect(replay.verdict == .agrees)
    #expect(replay.steps == 5)
    #expect(replay.largestDifference < 1e-5)
  }

  @Test("a loss that the weights do not give is a disagreement, and nothing is certified")
  func disagrees() throws {
    let folder = try changed("steps.json") {
      $0.replacing("0.9180383682250977", with: "0.7180383682250977")
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try TrainingRun(RunRequest(paths: [folder.path]))
    let consultation = try run.diagnosed(options: Doctor.Options(budget: 5))
    let replay = try #require(consultation.report.replay)
    #expect(replay.verdict == .disagrees)
    #expect(replay.disagreement?.step == 3)
    #expect(try run.repairedFile(consultation) == nil)
    let text = TextFormat().render(consultation.report, for: .plain)
    #expect(text.contains("trials are not certified"))
    #expect(consultation.report.causes.allSatisfy { !$0.isProven || $0.trials.isEmpty })
  }

  @Test("without an order of the rows there is nothing to compare")
  func knowsNoOrder() throws {
    let folder = try changed("log.txt") { $0 + "\n" }
    defer { try? FileManager.default.removeItem(at: folder) }
    for step in 1...5 {
      try FileManager.default.removeItem(at: folder.appending(path: "step\(step).npz"))
    }
    let replay = try #require(try report(folder).replay)
    #expect(replay.verdict == .notCompared)
    #expect(replay.reason?.contains("order") ?? false)
  }
}

@Suite("A program beside its recording")
struct TracedRecordingTests {
  /// The recording of sixty rows with a program beside it that has them in another order, or not.
  private func misplaced(_ line: String, rows: Int = 60) throws -> Int? {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(
      at: Fixtures.samples.appending(path: "recorded-steps"),
      to: folder.appending(path: "capture"))
    let program = """
      import numpy as np, keras
      r = np.random.default_rng(3)
      x = r.normal(size=(\(rows), 4))
      y = (x[:, 0] * x[:, 1] > 0).astype("float32")
      \(line)
      model = keras.Sequential([keras.layers.Dense(1, activation="sigmoid")])
      model.compile("sgd", "binary_crossentropy")
      model.fit(x, y)
      """
    try program.write(to: folder.appending(path: "train.py"), atomically: true, encoding: .utf8)
    let run = try TrainingRun(RunRequest(paths: [folder.appending(path: "capture").path]))
    return run.facts.data?.misplacedRows
  }

  @Test("tells what no number shows")
  func traces() throws {
    #expect(try misplaced("x = x[r.permutation(60)]") ?? 0 > 30)
    #expect(try misplaced("x = x / 2") == nil)
  }

  @Test("tells nothing of other data")
  func comparesShapes() throws {
    #expect(try misplaced("x = x[r.permutation(70)]", rows: 70) == nil)
  }
}

@Suite("First verdicts")
struct FirstVerdictTests {
  private func verdict(history: String, steps: String = #"{"batches": []}"#) throws -> FirstVerdict?
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [
      ("history.json", history), ("steps.json", steps),
      ("capture.json", #"{"status": "unknown", "fit": {"epochs": 50}}"#),
    ] {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    return FirstVerdict(try TrainingRun(RunRequest(paths: [folder.path])))
  }

  @Test("a loss that is no number is told at once, also within an epoch")
  func tellsNaN() throws {
    #expect(try verdict(history: #"{"loss": [0.5, NaN]}"#)?.text.contains("from epoch 2") ?? false)
    let within = try verdict(
      history: "{}", steps: #"{"batches": [[1, 1, 1, 0.7], [1, 2, 2, NaN]]}"#)
    #expect(within?.text.contains("from step 2 of epoch 1") ?? false)
  }

  @Test("a loss that rises or stands still is told after some epochs, a young one is left alone")
  func waits() throws {
    #expect(try verdict(history: #"{"loss": [0.69, 0.69]}"#) == nil)
    #expect(try verdict(history: #"{"loss": [0.693, 0.6931, 0.693, 0.6932, 0.6931]}"#) != nil)
    #expect(try verdict(history: #"{"loss": [1, 3, 9, 27]}"#)?.text.contains("rises") ?? false)
    #expect(try verdict(history: #"{"loss": [1, 0.8, 0.6, 0.5, 0.4, 0.35]}"#) == nil)
    #expect(try verdict(history: #"{"loss": [0.5, 0.52]}"#) == nil)
  }
}
