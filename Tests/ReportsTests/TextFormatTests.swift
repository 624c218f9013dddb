import CaseFile
import Reports
import Testing

@Suite("The text report")
struct TextFormatTests {
  @Test("starts with the verdict in one line", arguments: SampleReports.all.map(\.name))
  func verdictFirst(name: String) throws {
    let report = try #require(SampleReports.all.first { $0.name == name }).report
    let lines = TextFormat().render(report, for: .plain).split(separator: "\n")
    #expect(lines.first?.hasPrefix(report.verdict.rawValue.uppercased()) == true)
    #expect(lines.dropFirst().allSatisfy { !$0.hasPrefix("HEALTHY") })
  }

  @Test("has no control characters but line breaks", arguments: SampleReports.all.map(\.name))
  func harmless(name: String) throws {
    let report = try #require(SampleReports.all.first { $0.name == name }).report
    for format in ReportFormats.all {
      let text = format.render(report, for: .plain)
      let controls = text.unicodeScalars.filter {
        $0 != "\n" && ($0.properties.generalCategory == .control || $0 == "\u{202e}")
      }
      #expect(controls.isEmpty, "\(format.name): \(controls.map(\.value))")
    }
  }

  @Test("is ASCII where nothing else can be shown", arguments: SampleReports.all.map(\.name))
  func ascii(name: String) throws {
    let report = try #require(SampleReports.all.first { $0.name == name }).report
    let appearance = Appearance(usesColour: false, usesUnicode: false)
    #expect(TextFormat().render(report, for: appearance).utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("wraps all but the verdict and code", arguments: [44, 80, 160])
  func width(columns: Int) {
    let appearance = Appearance(width: columns, usesColour: false, usesUnicode: true)
    for (name, report) in SampleReports.all {
      let text = TextFormat().render(report, for: appearance)
      for line in text.split(separator: "\n").dropFirst() where !line.hasPrefix("      ") {
        #expect(
          line.count <= columns || line.hasPrefix("Cause") || line.hasPrefix("Note"),
          "\(name): \(line)")
      }
    }
  }

  @Test("shortens a line of code that lists hundreds of rows, and says so")
  func longCode() throws {
    var report = try #require(SampleReports.all.first { !$0.report.causes.isEmpty }).report
    let rows = (0..<500).map(String.init).joined(separator: ", ")
    report.causes[0].remedy = Remedy(
      summary: "500 rows dropped", edits: [], python: ["suspects = [\(rows)]; x = 1"])
    let text = TextFormat().render(report, for: .plain)
    let line = try #require(text.split(separator: "\n").first { $0.contains("suspects") })
    #expect(line.count < 300 && line.contains("0, 1, 2") && line.contains("; x = 1"))
    #expect(line.hasSuffix("-o report.json holds the whole line"))
  }

  @Test("prints the figure of evidence whose words hold none")
  func figures() throws {
    var report = try #require(SampleReports.all.first { !$0.report.causes.isEmpty }).report
    report.causes[0].evidence = [Evidence("momentum", value: 0.99), Evidence("rate 3", value: 3)]
    let lines = TextFormat().render(report, for: .plain).split(separator: "\n").map {
      $0.trimmingPrefix { $0 == " " }
    }
    #expect(lines.contains("· momentum: 0.99") && lines.contains("· rate 3"))
  }
}
