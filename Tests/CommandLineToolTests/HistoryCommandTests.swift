import Foundation
import JSON
import Testing

@Suite("downhill history")
struct HistoryCommandTests {
  /// Runs the program with a history of its own.
  private func run(
    _ arguments: [String], _ scratch: Scratch, environment: [String: String] = [:]
  ) throws -> Executable {
    try Executable.run(
      arguments,
      environment: ["DOWNHILL_HISTORY": scratch.url("h.sqlite").path].merging(environment) { $1 })
  }

  @Test("keeps diagnoses and trainings, shows, compares and removes them")
  func life() throws {
    let scratch = try Scratch()
    let model = scratch.url("m.keras").path
    _ = try run(["diagnose", SampleFiles.sickRun], scratch)
    _ = try run(["train", SampleFiles.healthyRun, "--epochs", "3", "-o", model], scratch)
    let list = try run(["history"], scratch)
    #expect(list.status == 0)
    #expect(list.output.contains("diagnose") && list.output.contains("train"))
    let json = try JSONValue(parsing: run(["history", "--format", "json"], scratch).output)
    #expect(json.array?.count == 2)
    #expect(json.array?.last?["verdict"]?.string == "fault")
    #expect(json.array?.first?["status"]?.string == "finished")
    let kinds = try run(["history", "--kind", "train"], scratch)
    #expect(kinds.output.contains("train") && !kinds.output.contains("diagnose"))
    #expect(try run(["history", "show", "1"], scratch).output.hasPrefix("FAULT"))
    #expect(try run(["history", "show", "2"], scratch).output.contains("loss at the end"))
    let page = scratch.url("r.html").path
    #expect(try run(["history", "show", "1", "-o", page], scratch).status == 0)
    #expect(try String(contentsOfFile: page, encoding: .utf8).hasPrefix("<!DOCTYPE html>"))
    let comparison = try run(["history", "compare", "1", "2"], scratch)
    #expect(comparison.status == 0 && comparison.output.contains("run 2"))
    #expect(try run(["history", "rm", "1"], scratch).status == 0)
    #expect(try run(["history", "show", "1"], scratch).status == 66)
    #expect(try run(["history", "rm", "7"], scratch).status == 66)
  }

  @Test("is left out where the user says so")
  func off() throws {
    let scratch = try Scratch()
    _ = try run(["diagnose", SampleFiles.healthyRun, "--no-history"], scratch)
    _ = try run(
      ["diagnose", SampleFiles.healthyRun], scratch, environment: ["DOWNHILL_HISTORY": "off"])
    #expect(!FileManager.default.fileExists(atPath: scratch.url("h.sqlite").path))
    let listed = try run(["history"], scratch)
    #expect(listed.status == 66 && listed.output.isEmpty)
    let wrong = try run(
      ["train", SampleFiles.healthyRun, "-o", "x.keras", "--history", "a.csv"], scratch)
    #expect(wrong.status == 64 && wrong.messages.contains("--log a.csv"))
  }

  @Test("that cannot be written costs a note and nothing else")
  func unwritable() throws {
    let scratch = try Scratch()
    let plain = try run(["diagnose", SampleFiles.sickRun, "--no-history", "--quick"], scratch)
    let place = try scratch.write(
      Array("no database, but long enough to look at".utf8), to: "h.sqlite")
    let damaged = try run(["diagnose", SampleFiles.sickRun, "--quick"], scratch)
    #expect(damaged.status == plain.status && damaged.messages.contains("cannot be written"))
    #expect(try String(contentsOfFile: place, encoding: .utf8).hasPrefix("no database"))
    let nowhere = try run(
      ["diagnose", SampleFiles.sickRun, "--quick", "--history", "/dev/null/x.sqlite"], scratch)
    #expect(nowhere.status == plain.status && nowhere.messages.contains("cannot be written"))
  }

  /// Files may not grow beyond a block, which is what a full disk looks like from here.
  @Test("on a full disk costs a note and nothing else")
  func fullDisk() throws {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [
      "-c",
      "set -o pipefail; { (ulimit -f 1; exec \"$0\" diagnose \"$1\" --quick --history \"$2\") 2>&1; } | cat",
      Executable.place.path, SampleFiles.sickRun, scratch.url("full.sqlite").path,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let plain = try run(["diagnose", SampleFiles.sickRun, "--no-history", "--quick"], scratch)
    #expect(process.terminationStatus == plain.status)
    #expect(output.contains("cannot be written") && output.contains(plain.output.prefix(40)))
  }

  @Test("is whole after the program was killed, again and again")
  func kills() throws {
    let scratch = try Scratch()
    let place = scratch.url("h.sqlite").path
    for round in 0..<8 {
      let process = Process()
      process.executableURL = Executable.place
      process.arguments = [
        "train", SampleFiles.healthyRun, "--epochs", "100000", "-o", scratch.url("m.keras").path,
        "--history", place,
      ]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      Thread.sleep(forTimeInterval: 0.1 + Double(round) * 0.07)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let list = try run(["history", "--format", "json"], scratch)
      // Killed before the first run was written down, there may be no history yet.
      guard list.status != 66 else { continue }
      #expect(list.status == 0, "\(list.messages)")
      let first = try JSONValue(parsing: list.output).array?.first
      #expect(first == nil || first?["status"]?.string == "vanished")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.url("m.keras").path))
  }
}
