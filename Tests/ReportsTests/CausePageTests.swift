import Diagnosis
import Foundation
import Reports
import TestSupport
import Testing

@Suite("The pages of causes")
struct CausePageTests {
  private static let folder = Fixtures.project.appending(path: "docs/causes")

  @Test(
    "stand in the documentation as the catalogue has them", arguments: CauseCatalogue.all.map(\.id))
  func documentation(id: String) throws {
    let cause = try #require(CauseCatalogue.cause(id))
    let difference = Snapshot.difference(
      of: CausePage(cause).markdown, from: CausePageTests.folder.appending(path: "\(id).md"))
    #expect(difference == nil)
  }

  @Test("are listed, all of them and no others")
  func list() throws {
    let difference = Snapshot.difference(
      of: CauseList(CauseCatalogue.all).markdown,
      from: CausePageTests.folder.appending(path: "README.md"))
    #expect(difference == nil)
    let files = try FileManager.default.contentsOfDirectory(atPath: CausePageTests.folder.path)
    #expect(Set(files) == Set(CauseCatalogue.all.map { "\($0.id).md" } + ["README.md"]))
  }

  @Test("wrap to the width of the terminal", arguments: CauseCatalogue.all.map(\.id))
  func width(id: String) throws {
    let cause = try #require(CauseCatalogue.cause(id))
    let appearance = Appearance(width: 60, usesColour: false, usesUnicode: true)
    for line in CausePage(cause).text(for: appearance).split(separator: "\n")
    where !line.hasPrefix("    ") && !line.hasPrefix(id) {
      #expect(line.count <= 60, "\(line)")
    }
  }
}
