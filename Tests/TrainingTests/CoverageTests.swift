import Foundation
import TestSupport
import Testing

/// The table of what can be run stands in the documentation as the catalogues have it.
@Suite struct CoverageTests {
  @Test func theDocumentationIsUpToDate() throws {
    let coverage = try Coverage()
    let difference = Snapshot.difference(
      of: coverage.markdown, from: Fixtures.project.appending(path: "docs/coverage.md"))
    #expect(difference == nil)
  }

  @Test func everyRunnableThingIsOneOfKeras() throws {
    let coverage = try Coverage()
    for group in coverage.groups {
      #expect(!group.names.isEmpty, "\(group.title)")
      #expect(group.runnable.isSubset(of: group.names), "\(group.title)")
    }
    #expect(coverage.layers.names.count == Set(coverage.layers.names).count)
    #expect(coverage.layers.covered > 75)
  }
}
