import Foundation
import TestSupport
import Testing

@Suite("The command line")
struct UsageTests {
  @Test("has one file a command, and each is registered")
  func registry() throws {
    let folder = Fixtures.project.appending(path: "Sources/CommandLineTool/Commands")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let help = try Executable.run(["--help"])
    for file in files {
      let name = file.replacing("Command.swift", with: "").lowercased()
      #expect(help.output.contains("\n  \(name) "), "\(file) is not in the help page")
    }
  }

  @Test("answers help and version on the result stream", arguments: [["--help"], ["--version"]])
  func help(arguments: [String]) throws {
    let run = try Executable.run(arguments)
    #expect(run.status == 0)
    #expect(!run.output.isEmpty)
    #expect(run.messages.isEmpty)
  }

  @Test(
    "says what it cannot understand, with status 64",
    arguments: [
      ["bogus"], ["explain", "--bogus"], ["score"], ["explain", "no-such-cause"],
    ])
  func usage(arguments: [String]) throws {
    let run = try Executable.run(arguments)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(!run.messages.isEmpty)
  }
}
