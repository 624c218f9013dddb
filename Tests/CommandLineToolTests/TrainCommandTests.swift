import Foundation
import JSON
import KerasFiles
import Testing

@Suite("downhill train")
struct TrainCommandTests {
  @Test("prints a plain line an epoch and writes model and history")
  func plain() throws {
    let scratch = try Scratch()
    let output = scratch.url("trained.keras").path
    let history = scratch.url("history.json")
    let run = try Executable.run([
      "train", SampleFiles.healthyRun, "--epochs", "3", "-o", output, "--log", history.path,
    ])
    #expect(run.status == 0)
    #expect(run.output.contains("Epoch 3/3\n"))
    #expect(run.output.contains("/step - "))
    #expect(!run.output.contains("\u{1b}"))
    let series = try JSONValue(parsing: Array(Data(contentsOf: history)))
    #expect(series["loss"]?.array?.count == 3)
    let file = try KerasModelFile(path: output)
    #expect(file.obstacle == nil)
    #expect((file.optimizer?.iterations ?? 0) > 0)
  }

  @Test("goes on from the optimizer's saved state, so that two halves make a whole")
  func resumes() throws {
    let scratch = try Scratch()
    func train(_ what: [String], epochs: Int, to name: String) throws -> KerasModelFile {
      let output = scratch.url(name).path
      let run = try Executable.run(
        ["train"] + what + ["--epochs", "\(epochs)", "--no-shuffle", "-o", output])
      #expect(run.status == 0, "\(run.messages)")
      return try KerasModelFile(path: output)
    }
    let data = ["--data", SampleFiles.sickRun + "/data.npz", "--validation-split", "0.2"]
    let start = SampleFiles.sickRun + "/model.keras"
    let whole = try train([start] + data, epochs: 2, to: "whole.keras")
    _ = try train([start] + data, epochs: 1, to: "half.keras")
    let halves = try train(
      [scratch.url("half.keras").path] + data, epochs: 1, to: "halves.keras")
    #expect(whole.optimizer?.iterations == halves.optimizer?.iterations)
    #expect(whole.parameters == halves.parameters)
  }

  @Test("writes the history as CSVLogger does")
  func table() throws {
    let scratch = try Scratch()
    let history = scratch.url("history.csv")
    _ = try Executable.run([
      "train", SampleFiles.healthyRun, "--epochs", "2", "-o", scratch.url("a.keras").path,
      "--log", history.path,
    ])
    let lines = try String(contentsOf: history, encoding: .utf8)
      .split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.first?.hasPrefix("epoch,") == true)
    #expect(lines.first?.contains("loss") == true)
    #expect(lines.count == 4)
    #expect(lines[1].hasPrefix("0,"))
  }

  @Test("keeps what was learnt when it is interrupted, with status 130")
  func interrupted() throws {
    let scratch = try Scratch()
    let output = scratch.url("kept.keras").path
    let history = scratch.url("kept.json")
    let run = try Executable.run(
      [
        "train", SampleFiles.sickRun, "--epochs", "1000000", "-o", output, "--log",
        history.path,
      ], interruptedOnceSaying: "Epoch 2/")
    #expect(run.status == 130)
    #expect((try KerasModelFile(path: output).optimizer?.iterations ?? 0) > 0)
    _ = try JSONValue(parsing: Array(Data(contentsOf: history)))
  }
}
