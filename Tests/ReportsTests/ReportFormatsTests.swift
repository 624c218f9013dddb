import Foundation
import Reports
import TestSupport
import Testing

@Suite("The formats of a report")
struct ReportFormatsTests {
  @Test("are registered, every file of the folder")
  func registry() throws {
    let folder = Fixtures.project.appending(path: "Sources/Reports/Formats")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let types = ReportFormats.all.map { "\(type(of: $0)).swift" }
    #expect(types.sorted() == files.sorted())
  }

  @Test("are found by name")
  func names() {
    for format in ReportFormats.all {
      #expect(ReportFormats.format(named: format.name).map { $0.name } == format.name)
      #expect(!format.summary.isEmpty)
    }
    #expect(ReportFormats.format(named: "yaml") == nil)
  }
}
