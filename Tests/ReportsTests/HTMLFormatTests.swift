import CaseFile
import Foundation
import Reports
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The HTML report")
struct HTMLFormatTests {
  static let reports: [(name: String, report: Report)] =
    SampleReports.all + [("measured", MeasuredReport.report)]

  private func html(_ name: String) throws -> String {
    let report = try #require(HTMLFormatTests.reports.first { $0.name == name }).report
    return HTMLFormat().render(report, for: .plain)
  }

  @Test(
    "reads as reviewed", arguments: ["fault-proven", "undetermined", "hostile-names", "measured"])
  func snapshots(name: String) throws {
    let report = try #require(HTMLFormatTests.reports.first { $0.name == name }).report
    let difference = Snapshot.difference(of: HTMLFormat.body(of: report), from: "\(name).body.html")
    #expect(difference == nil)
  }

  @Test("is well formed, with ids that occur once", arguments: reports.map(\.name))
  func wellFormed(name: String) throws {
    let report = try #require(HTMLFormatTests.reports.first { $0.name == name }).report
    let body = "<main>" + HTMLFormat.body(of: report) + "</main>"
    let reader = MarkupReader()
    let parser = XMLParser(data: Data(body.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(Set(reader.ids).count == reader.ids.count)
    #expect(reader.headings.first == "h1" && reader.headings.filter { $0 == "h1" }.count == 1)
    let missing = reader.references.filter { !reader.ids.contains($0) }
    #expect(missing.isEmpty, "\(missing)")
  }

  @Test("fetches nothing and runs nothing", arguments: reports.map(\.name))
  func selfContained(name: String) throws {
    let text = try html(name)
    for word in [
      "<script", "javascript:", "src=", "@import", "url(", "<link", "<iframe", "http://",
      "https://",
    ] {
      #expect(!text.contains(word), "\(word)")
    }
    #expect(text.contains("default-src 'none'"))
  }

  @Test("keeps names from files as text")
  func escapes() throws {
    let text = try html("hostile-names")
    #expect(!text.contains("<b>") && text.contains("&lt;b&gt;"))
    #expect(!text.unicodeScalars.contains("\u{1b}"))
  }

  @Test("says everything that the report holds", arguments: reports.map(\.name))
  func complete(name: String) throws {
    let report = try #require(HTMLFormatTests.reports.first { $0.name == name }).report
    let text = try html(name)
    for id in report.causes.map(\.id) + report.ruledOut.map(\.id) + report.notExamined.map(\.id) {
      #expect(text.contains(id))
    }
    #expect(text.contains(report.verdict.rawValue.uppercased()))
  }

  @Test("stays below 500 KB for a run of 100 epochs over 5 seeds")
  func size() {
    var report = MeasuredReport.report
    func noise(_ index: Int) -> Double { 1 + 0.3 * Double((index * 7919) % 101) / 101 }
    let curve = (0..<100).map { noise($0) * 2.3 }
    report.curve = curve
    report.causes[0].trials = (1...5).map {
      TrialPair(seed: $0, baseline: ["loss": curve], remedied: ["loss": curve.map { $0 / 9 }])
    }
    #expect(HTMLFormat().render(report, for: .plain).utf8.count < 500_000)
  }

  @Test("has a picture for each kind of evidence that was measured")
  func pictures() throws {
    let text = try html("measured")
    for title in [
      "Loss by epoch", "Accuracy by epoch", "Loss of the trials", "Learning-rate range",
      "Gradients by layer", "Activations by layer", "Units that say nothing", "Update to weight",
      "Scale of the columns", "Values of income", "Share of the classes",
    ] {
      #expect(text.contains(">\(title)</text>"), "\(title)")
    }
  }
}

/// What a test wants to know of a document.
private final class MarkupReader: NSObject, XMLParserDelegate {
  var ids: [String] = []
  var references: [String] = []
  var headings: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if let id = attributes["id"] { ids.append(id) }
    references += (attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
    if ["h1", "h2", "h3"].contains(name) { headings.append(name) }
  }
}
