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
}
