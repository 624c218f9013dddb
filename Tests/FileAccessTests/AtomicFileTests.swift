import FileAccess
import Foundation
import Testing

@Suite struct AtomicFileTests {
  /// Runs a body with a fresh folder, which is removed afterwards.
  static func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "atomic-\(UUID().uuidString)").path(percentEncoded: false)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test func writesAndReplaces() throws {
    try Self.inFolder { folder in
      let path = folder + "/out.json"
      try AtomicFile.write("first", to: path)
      try AtomicFile.write("second", to: path)
      let file = try ReadableFile(path: path)
      #expect(try file.allBytes(limit: 100) == Array("second".utf8))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["out.json"])
    }
  }

  @Test func followsLinksAndKeepsPermissions() throws {
    try Self.inFolder { folder in
      try AtomicFile.write("old", to: folder + "/real")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: folder + "/real")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: "real")
      try AtomicFile.write("new", to: folder + "/link")
      #expect(try String(contentsOfFile: folder + "/real", encoding: .utf8) == "new")
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/real")
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func missingFoldersAndFullDisksAreErrorsThatSayWhatToDo() throws {
    #expect {
      try AtomicFile.write("x", to: "/nonexistent-folder/out")
    } throws: { error in
      "\(error)".contains("/nonexistent-folder/out") && "\(error)".contains("mkdir -p")
    }
    try Self.inFolder { folder in
      #expect(throws: OutputError.self) { try AtomicFile.write("x", to: folder) }
    }
    // A device that is always full; files cannot be made beside it, which is an error as well.
    #expect(throws: OutputError.self) { try AtomicFile.write("x", to: "/dev/full/out") }
  }

  @Test func readingNamesWhatIsWrong() throws {
    #expect { try ReadableFile(path: "/nonexistent") } throws: { error in
      (error as? InputError)?.isNotFound == true
    }
    #expect(throws: InputError.self) { try ReadableFile(path: "/tmp") }
    let file = ReadableFile(bytes: [1, 2, 3], name: "three")
    #expect(try file.bytes(at: 1, count: 2) == [2, 3])
    #expect(throws: InputError.self) { try file.bytes(at: 2, count: 2) }
    #expect(throws: InputError.self) { try file.bytes(at: -1, count: 1) }
    #expect(throws: InputError.self) { try file.bytes(at: 0, count: .max) }
  }

  @Test func namesCannotSteerTheTerminal() {
    #expect(printable("a\u{1b}[31m\nb") == "a\\u{1b}[31m\\u{a}b")
  }
}
