import Foundation
import Testing

@Suite("downhill explain")
struct ExplainCommandTests {
  @Test("has a page for every cause that it lists, with sick and healthy examples")
  func pages() throws {
    let list = try Executable.run(["explain"])
    let ids = list.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    #expect(ids.count > 10)
    for id in ids {
      let page = try Executable.run(["explain", String(id)])
      #expect(page.status == 0)
      #expect(page.output.hasPrefix(id))
      #expect(page.output.contains("Healthy: "), "\(id) has no healthy example")
    }
  }

  @Test("colours neither pipes nor files")
  func colours() throws {
    #expect(try !Executable.run(["explain"]).output.contains("\u{1b}"))
    let forced = try Executable.run(["explain"], environment: ["CLICOLOR_FORCE": "1"])
    #expect(forced.output.contains("\u{1b}["))
  }

  @Test("is ASCII in an ASCII locale")
  func ascii() throws {
    let page = try Executable.run(
      ["explain", "learning-rate-high"], environment: ["LC_ALL": "C"])
    #expect(page.output.utf8.allSatisfy { $0 < 0x80 })
  }
}
