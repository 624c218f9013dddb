import FileAccess
import Foundation
import Recording
import TestSupport
import Testing

@Suite("The recorder's Python files")
struct HookFileTests {
  private static let folder = Fixtures.project.appending(path: "python")

  @Test("are embedded as they stand in the package", arguments: HookFile.all)
  func isEmbedded(file: HookFile) throws {
    let text = try String(contentsOf: Self.folder.appending(path: file.path), encoding: .utf8)
    #expect(file.text == text, "run Scripts/embed_hook.sh")
  }

  @Test("are all embedded")
  func areAllThere() throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: Self.folder.path)
    #expect(Set(names.filter { $0.hasSuffix(".py") }) == Set(HookFile.all.map(\.path)))
  }

  @Test("are unpacked where only the user may read them, and removed")
  func unpacks() throws {
    var folder: HookFolder? = try HookFolder()
    let path = try #require(folder?.path)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
    #expect(FileManager.default.fileExists(atPath: path + "/downhill/__init__.py"))
    folder = nil
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}

@Suite("A command under the recorder")
struct RecordedCommandTests {
  private func end(_ arguments: [String]) -> RecordedCommand.End {
    RecordedCommand(arguments, recordings: "/nowhere", hook: "/nowhere").run()
  }

  @Test("ends as it ends alone")
  func keepsStatus() {
    #expect(end(["/bin/sh", "-c", "exit 7"]) == .exited(7))
    #expect(end(["/bin/sh", "-c", "kill -9 $$"]) == .signalled(9))
    #expect(end(["/nowhere/at/all"]).code == 127)
    #expect(
      end(["sh", "-c", "test \"$PYTHONPATH\" = /nowhere:/old || test \"$PYTHONPATH\" = /nowhere"])
        == .exited(0))
  }
}
