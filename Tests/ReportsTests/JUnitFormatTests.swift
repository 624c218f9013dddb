import CaseFile
import Foundation
import Reports
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("JUnit's XML")
struct JUnitFormatTests {
  @Test(
    "has a test case a cause, as Ant's schema wants it",
    arguments: HTMLFormatTests.reports.map(\.name))
  func valid(name: String) throws {
    let report = try #require(HTMLFormatTests.reports.first { $0.name == name }).report
    let text = JUnitFormat().render(report, for: .plain)
    let reader = JUnitReader()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(reader.violations == [])
    let isFault = report.verdict == .fault
    #expect(
      reader.counts["testcase"] ?? 0
        == report.causes.count + report.ruledOut.count + report.notExamined.count)
    #expect(reader.counts["failure"] ?? 0 == (isFault ? report.causes.count : 0))
    #expect(reader.counts["skipped"] ?? 0 == report.notExamined.count)
    #expect(
      reader.claimed == [
        reader.counts["testcase"] ?? 0, reader.counts["failure"] ?? 0,
        reader.counts["skipped"] ?? 0,
      ])
  }

  @Test("reads as reviewed", arguments: ["fault-by-rule", "fault-proven", "hostile-names"])
  func snapshots(name: String) throws {
    let report = try #require(SampleReports.all.first { $0.name == name }).report
    let text = JUnitFormat().render(report, for: .plain)
    let difference = Snapshot.difference(of: text, from: "\(name).junit.xml")
    #expect(difference == nil)
  }
}

/// Checks which element may stand in which, and which attributes it must and may have.
private final class JUnitReader: NSObject, XMLParserDelegate {
  /// After the schema of Ant's JUnit task as the build services extend it.
  private static let rules: [String: (parents: Set<String>, needs: Set<String>, may: Set<String>)] =
    [
      "testsuites": ([""], [], ["name", "tests", "failures", "errors", "skipped", "time"]),
      "testsuite": (
        ["testsuites"], ["name", "tests", "failures", "errors"], ["skipped", "time"]
      ),
      "testcase": (["testsuite"], ["name", "classname"], ["time"]),
      "failure": (["testcase"], [], ["message", "type"]),
      "skipped": (["testcase"], [], ["message"]),
      "system-out": (["testcase", "testsuite"], [], []),
    ]

  var violations: [String] = []
  var counts: [String: Int] = [:]
  var claimed: [Int] = []
  private var open = [""]

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    counts[name, default: 0] += 1
    if let rule = JUnitReader.rules[name] {
      if !rule.parents.contains(open.last ?? "") { violations.append("\(name) stands in \(open)") }
      let names = Set(attributes.keys)
      if !rule.needs.isSubset(of: names) || !names.isSubset(of: rule.needs.union(rule.may)) {
        violations.append("\(name) has \(names.sorted())")
      }
    } else {
      violations.append("\(name) is not known")
    }
    if name == "testsuite" {
      claimed = ["tests", "failures", "skipped"].compactMap { attributes[$0].flatMap { Int($0) } }
    }
    open.append(name)
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }
}
