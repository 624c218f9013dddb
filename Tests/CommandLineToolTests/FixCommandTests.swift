import Foundation
import JSON
import KerasFiles
import TestSupport
import Testing

@Suite("downhill fix")
struct FixCommandTests {
  @Test("writes the remedy, keeps every untouched weight bit by bit, and the report beside it")
  func repaired() throws {
    let scratch = try Scratch()
    let output = scratch.url("repaired.keras").path
    let original = try Data(contentsOf: URL(filePath: SampleFiles.sickRun + "/model.keras"))
    let run = try Executable.run(["fix", SampleFiles.sickRun, "-o", output])
    #expect(run.status == 1)
    let before = try KerasArchive(path: SampleFiles.sickRun + "/model.keras")
    let after = try KerasArchive(path: output)
    let layers = before.weights.filter { $0.key.hasPrefix("layers/") }
    #expect(!layers.isEmpty)
    for (path, array) in layers {
      #expect(after.weights[path]?.scalars.map(\.bitPattern) == array.scalars.map(\.bitPattern))
    }
    func rate(_ archive: KerasArchive) -> Double? {
      archive.configuration["compile_config"]?["optimizer"]?["config"]?["learning_rate"]?.double
    }
    #expect((rate(after) ?? 9) < (rate(before) ?? 0))
    let report = try JSONValue(
      parsing: Array(Data(contentsOf: scratch.url("repaired.report.json"))))
    #expect(report["causes"]?[0]?["remedy"]?["edits"]?[0]?["to"]?.double == rate(after))
    #expect(try Data(contentsOf: URL(filePath: SampleFiles.sickRun + "/model.keras")) == original)
  }

  @Test("never overwrites its input, under whatever name")
  func input() throws {
    let scratch = try Scratch()
    let model = scratch.url("model.keras")
    try FileManager.default.copyItem(
      at: URL(filePath: SampleFiles.sickRun + "/model.keras"), to: model)
    let link = scratch.url("other.keras")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: model)
    let bytes = try Data(contentsOf: model)
    for output in [model, link] {
      let run = try Executable.run([
        "fix", model.path, "--data", SampleFiles.sickRun + "/data.npz", "-o", output.path,
      ])
      #expect(run.status == 73)
      #expect(run.messages.contains("never overwritten"))
    }
    #expect(try Data(contentsOf: model) == bytes)
  }

  @Test("writes no model where there is nothing to mend")
  func healthy() throws {
    let scratch = try Scratch()
    let output = scratch.url("repaired.keras")
    let run = try Executable.run(["fix", SampleFiles.healthyRun, "-o", output.path])
    #expect(run.status == 0)
    #expect(!FileManager.default.fileExists(atPath: output.path))
    #expect(run.messages.contains("no model is written"))
  }

  @Test("lets the verdict reach the user even if nothing can be written")
  func fullDisk() throws {
    #if os(Linux)
      // A folder in which nobody can make files, whatever the rights say.
      let run = try Executable.run(["fix", SampleFiles.sickRun, "-o", "/proc/repaired.keras"])
      #expect(run.status == 73)
      #expect(run.output.hasPrefix("FAULT"))
      #expect(run.messages.contains("/proc/repaired.keras"))
    #endif
  }
}
