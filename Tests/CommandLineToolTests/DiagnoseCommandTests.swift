import Foundation
import JSON
import TestSupport
import Testing

@Suite("downhill diagnose")
struct DiagnoseCommandTests {
  @Test("names a proven cause, with status 1 and JSON alone on its output")
  func fault() throws {
    let run = try Executable.run(["diagnose", SampleFiles.sickRun, "--format", "json"])
    #expect(run.status == 1)
    let report = try JSONValue(parsing: Array(run.output.utf8))
    #expect(report["schema"]?.string == "downhill.report/1")
    #expect(report["verdict"]?.string == "fault")
    #expect(report["causes"]?[0]?["id"]?.string == "learning-rate-high")
    #expect(report["causes"]?[0]?["proven"]?.bool == true)
    #expect((report["causes"]?[0]?["trials"]?.array?.count ?? 0) >= 3)
  }

  @Test("says that a healthy run is healthy, with status 0")
  func healthy() throws {
    let run = try Executable.run(["diagnose", SampleFiles.healthyRun, "--format", "json"])
    #expect(run.status == 0)
    let report = try JSONValue(parsing: Array(run.output.utf8))
    #expect(report["verdict"]?.string == "healthy")
  }

  @Test("measures nothing with --quick, which --strict does not take for an answer")
  func strict() throws {
    let relaxed = try Executable.run(["diagnose", SampleFiles.sickRun, "--quick"])
    #expect(relaxed.output.contains("no trials run"))
    let model = SampleFiles.sickRun + "/model.keras"
    let strict = try Executable.run(["diagnose", model, "--quick", "--strict"])
    #expect(strict.status == 2)
    #expect(strict.output.hasPrefix("UNDETERMINED"))
  }

  @Test("takes a model and its data apart from each other, with hashes in the report")
  func parts() throws {
    let run = try Executable.run([
      "diagnose", SampleFiles.sickRun + "/model.keras", "--data", SampleFiles.sickRun + "/data.npz",
      "--epochs", "6", "--validation-split", "0.2", "--format", "json",
    ])
    let report = try JSONValue(parsing: Array(run.output.utf8))
    #expect(report["inputs"]?.array?.count == 2)
    #expect(report["inputs"]?[0]?["sha256"]?.string?.count == 64)
    #expect(report["causes"]?[0]?["id"]?.string == "learning-rate-high")
  }

  @Test("prints no colours into a file and tells progress apart from results")
  func streams() throws {
    let run = try Executable.run(["diagnose", SampleFiles.sickRun])
    #expect(run.output.hasPrefix("FAULT  "))
    #expect(!run.output.contains("\u{1b}"))
    #expect(!run.messages.contains("FAULT"))
  }
}
