import CaseFile
import Diagnosis
import Foundation
import TestSupport
import Testing

/// The laws that every cause keeps.
struct CauseCatalogueTests {
  struct LabelledExample: CustomTestStringConvertible, Sendable {
    let id: String
    let example: Example
    var testDescription: String { "\(id): \(example.title)" }
  }

  static let examples: [LabelledExample] = CauseCatalogue.all.flatMap { cause in
    cause.examples.map { LabelledExample(id: cause.id, example: $0) }
  }

  @Test(arguments: examples)
  func causeTellsSickFromHealthy(_ labelled: LabelledExample) throws {
    let cause = try #require(CauseCatalogue.cause(labelled.id))
    let examination = cause.examine(labelled.example.facts)
    switch examination {
    case .found, .suspected:
      #expect(labelled.example.isSick, "accused: \(examination)")
    case .ruledOut, .notExamined:
      #expect(!labelled.example.isSick, "missed: \(examination)")
    }
  }

  @Test(arguments: examples.filter { !$0.example.isSick })
  func noOtherCauseSettlesOnAHealthyExample(_ labelled: LabelledExample) throws {
    // An example that is healthy for one cause may be the sick one of another, but only if it says so.
    let sickTitles = Set(
      CauseCatalogueTests.examples.filter(\.example.isSick).map(\.example.facts))
    guard !sickTitles.contains(labelled.example.facts), labelled.id != "none" else { return }
    for cause in CauseCatalogue.all where !["none", labelled.id].contains(cause.id) {
      if case .found(let finding) = cause.examine(labelled.example.facts) {
        Issue.record("\(finding.id) accuses it: \(finding.summary)")
      }
    }
  }

  @Test func everyCauseHasAPage() {
    for cause in CauseCatalogue.all {
      #expect(!cause.title.isEmpty && cause.explanation.count > 200, "\(cause.id)")
      #expect(cause.examples.contains { $0.isSick }, "\(cause.id) has no sick example")
      #expect(cause.examples.contains { !$0.isSick }, "\(cause.id) has no healthy example")
    }
    let ids = CauseCatalogue.all.map(\.id)
    #expect(Set(ids).count == ids.count)
  }

  @Test func everyFileOfCausesIsRegistered() throws {
    let folder = Fixtures.project.appending(path: "Sources/Diagnosis/Causes")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let registered = CauseCatalogue.all.map { "\(type(of: $0)).swift" }
    #expect(files.sorted() == registered.sorted())
  }

  @Test func nothingIsKnownOfAnEmptyCase() {
    for cause in CauseCatalogue.all {
      guard case .notExamined(let needs, let hint) = cause.examine(CaseFile()) else {
        Issue.record("\(cause.id) judges a case of which nothing is known")
        continue
      }
      #expect(!needs.isEmpty && !hint.isEmpty, "\(cause.id)")
    }
  }

  @Test(arguments: examples)
  func nothingThatIsKnownIsAskedFor(_ labelled: LabelledExample) {
    let facts = labelled.example.facts
    for note in Judgement(facts).notExamined {
      for need in Need.allCases where need.isMet(by: facts) {
        #expect(!note.needs.contains(need.rawValue), "\(note.id)")
      }
    }
  }
}
