import CaseFile
import Diagnosis
import Foundation
import Reports
import TestSupport
import Testing

@Suite("The usual causes of a symptom")
struct UsualCausesTests {
  @Test(
    "are those of its section in the documentation, in its order",
    arguments: [
      (Complaint.Symptom.rising, "…rises"), (.stuck, "…is stuck"), (.nan, "…is NaN"),
      (.oscillating, "…oscillates"), (.slow, "…falls too slowly"),
      (.generalisationGap, "…falls, but the validation loss rises"),
    ])
  func documentation(symptom: Complaint.Symptom, heading: String) throws {
    let page = try String(
      contentsOf: Fixtures.project.appending(path: "docs/if-your-loss.md"), encoding: .utf8)
    let section = try #require(
      page.components(separatedBy: "\n## ").first { $0.hasPrefix(heading) })
    let ids = section.matches(of: /causes\/([a-z-]+)\.md/).map { String($0.output.1) }
    #expect(symptom.usualCauses == ids)
    #expect(ids.allSatisfy { CauseCatalogue.cause($0) != nil })
  }
}
