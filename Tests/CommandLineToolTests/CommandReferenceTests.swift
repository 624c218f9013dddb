import Foundation
import JSON
import TestSupport
import Testing

/// docs/commands.md is what the program itself says of its commands.
@Suite("The reference of the commands")
struct CommandReferenceTests {
  @Test("is current")
  func current() throws {
    let dump = try JSONValue(parsing: Executable.run(["--experimental-dump-help"]).output)
    let root = try #require(dump["command"])
    var text = """
      # Commands

      Every command tells about itself with `--help`; this page is made from that.

      """
    for command in try commands(root, path: []) { text += command }
    let difference = Snapshot.difference(
      of: text, from: Fixtures.project.appending(path: "docs/commands.md"))
    #expect(difference == nil)
  }

  /// A command with those below it.
  private func commands(_ command: JSONValue, path: [String]) throws -> [String] {
    let help = try Executable.run(path + ["--help"])
    #expect(help.status == 0)
    let name = (["downhill"] + path).joined(separator: " ")
    var lines = help.output.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last == "" { lines.removeLast() }
    var parts = ["\n## \(name)\n\n```\n" + lines.joined(separator: "\n") + "\n```\n"]
    for inner in command["subcommands"]?.array ?? [] {
      guard let name = inner["commandName"]?.string, name != "help" else { continue }
      parts += try commands(inner, path: path + [name])
    }
    return parts
  }
}
