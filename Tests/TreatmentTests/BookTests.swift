import Captures
import CaseFile
import Engine
import Foundation
import JSON
import TestSupport
import Testing
import Treatment

/// The project's own book of programs with known truth, diagnosed with experiments.
struct BookTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let isHealthy: Bool
    let truth: [String]
    var testDescription: String { name }
  }

  static let cases: [Case] = {
    let book = Fixtures.project.appending(path: "Book")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: book.path)) ?? []
    return names.sorted().compactMap { name in
      let path = book.appending(path: name).appending(path: "truth.json").path
      guard let bytes = FileManager.default.contents(atPath: path),
        let truth = try? JSONValue(parsing: Array(bytes))
      else { return nil }
      return Case(
        name: name, isHealthy: truth["kind"]?.string == "healthy",
        truth: (truth["truth"]?.array ?? []).compactMap(\.string))
    }
  }()

  static func diagnose(_ name: String) throws -> Report {
    let path = Fixtures.project.appending(path: "Book/\(name)/capture").path
    let capture = try Capture(path: path)
    return try Doctor(backend: CPUBackend())
      .consult(capture.caseFile, model: capture.model, data: capture.data).report
  }

  /// Model and data of every program of the book are known, and trials were made.
  static func expectNothingKnownIsAskedFor(_ report: Report) {
    let known: Set = ["model", "features", "labels", "trials"]
    for note in report.notExamined {
      #expect(known.isDisjoint(with: note.needs), "\(note.id): \(note.hint)")
    }
  }

  @Test func theBookIsThere() {
    #expect(BookTests.cases.filter(\.isHealthy).count >= 20)
    #expect(BookTests.cases.filter { !$0.isHealthy }.count >= 20)
  }

  @Test(arguments: cases.filter(\.isHealthy))
  func noHealthyProgramIsAccused(_ item: Case) throws {
    let report = try BookTests.diagnose(item.name)
    #expect(report.verdict != .fault, "\(report.headline)")
    BookTests.expectNothingKnownIsAskedFor(report)
  }

  @Test(arguments: cases.filter { !$0.isHealthy })
  func theCauseOfASickProgramIsNamedFirst(_ item: Case) throws {
    let report = try BookTests.diagnose(item.name)
    let first = try #require(report.causes.first, "\(report.headline)")
    #expect(item.truth.contains(first.id), "\(report.headline)")
    BookTests.expectNothingKnownIsAskedFor(report)
  }

  @Test func twoConsultationsSayTheSame() throws {
    let item = try #require(BookTests.cases.first { $0.truth == ["learning-rate-high"] })
    var (first, second) = (try BookTests.diagnose(item.name), try BookTests.diagnose(item.name))
    (first.timing, second.timing) = (Report.Timing(), Report.Timing())
    #expect(first == second)
  }
}
