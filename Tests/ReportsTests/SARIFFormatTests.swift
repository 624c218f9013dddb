import CaseFile
import Foundation
import JSON
import Reports
import TestSupport
import Testing

@Suite("SARIF")
struct SARIFFormatTests {
  private static func check() throws -> SchemaCheck {
    let place = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Schemas/sarif-2.1.0-subset.json")
    return SchemaCheck(schema: try JSONValue(parsing: Array(Data(contentsOf: place))))
  }

  @Test("keeps to the standard", arguments: HTMLFormatTests.reports.map(\.name))
  func valid(name: String) throws {
    let report = try #require(HTMLFormatTests.reports.first { $0.name == name }).report
    let text = SARIFFormat().render(report, for: .plain)
    let violations = try SARIFFormatTests.check().violations(
      of: JSONValue(parsing: Array(text.utf8)))
    #expect(violations == [])
    let results = SARIFFormat.document(report)["runs"]?.array?.first?["results"]?.array
    #expect(results?.count == (report.verdict == .fault ? report.causes.count : 0))
  }

  @Test("would be caught if it did not")
  func checkWorks() throws {
    let check = try SARIFFormatTests.check()
    let report = SampleReports.faultByRule
    guard case .object(var document) = SARIFFormat.document(report) else { return }
    document["version"] = "2.0.0"
    #expect(!check.violations(of: .object(document)).isEmpty)
    document["version"] = "2.1.0"
    document["runs"] = [["results": [["message": ["text": ""], "level": "fatal"]]]]
    #expect(check.violations(of: .object(document)).count == 3)
  }

  @Test("names file, line and column")
  func location() {
    let run = SARIFFormat.document(SampleReports.faultByRule)["runs"]?.array?.first
    let place = run?["results"]?.array?.first?["locations"]?.array?.first?["physicalLocation"]
    #expect(place?["artifactLocation"]?["uri"]?.string == "train.py")
    #expect(place?["region"]?["startLine"]?.int == 14)
    #expect(place?["region"]?["startColumn"]?.int == 5)
  }

  @Test("reads as reviewed", arguments: ["fault-by-rule", "fault-proven", "hostile-names"])
  func snapshots(name: String) throws {
    let report = try #require(SampleReports.all.first { $0.name == name }).report
    let text = SARIFFormat().render(report, for: .plain)
    let difference = Snapshot.difference(of: text, from: "\(name).sarif")
    #expect(difference == nil)
  }
}
