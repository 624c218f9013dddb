import CaseFile
import Reports
import TestSupport
import Testing

@Suite("Printed reports")
struct SnapshotTests {
  static let appearances: [(name: String, appearance: Appearance)] = [
    ("plain", Appearance(width: 80, usesColour: false, usesUnicode: true)),
    ("colour", Appearance(width: 120, usesColour: true, usesUnicode: true)),
    ("narrow", Appearance(width: 44, usesColour: false, usesUnicode: true)),
    ("ascii", Appearance(width: 80, usesColour: false, usesUnicode: false)),
  ]

  @Test("read as reviewed", arguments: SampleReports.all.map(\.name))
  func text(name: String) throws {
    let sample = try #require(SampleReports.all.first { $0.name == name })
    for (kind, appearance) in SnapshotTests.appearances {
      let text = TextFormat().render(sample.report, for: appearance)
      let difference = Snapshot.difference(of: text, from: "\(name).\(kind).txt")
      #expect(difference == nil)
    }
  }

  @Test("have the public members", arguments: SampleReports.all.map(\.name))
  func json(name: String) throws {
    let sample = try #require(SampleReports.all.first { $0.name == name })
    let text = JSONFormat().render(sample.report, for: .plain)
    let difference = Snapshot.difference(of: text, from: "\(name).json")
    #expect(difference == nil)
  }
}
