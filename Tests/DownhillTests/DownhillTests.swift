import Downhill
import Foundation
import TestSupport
import Testing

/// The whole product as a Swift program sees it: read a run, find out what is wrong with it, and
/// train what was repaired.
@Suite("The library")
struct DownhillTests {
  @Test("heals a sick run from reading to the repaired file")
  func heals() throws {
    let folder = Fixtures.project.appending(path: "Examples/digits-rate-too-high").path
    let run = try TrainingRun(RunRequest(paths: [folder]))
    let consultation = try run.diagnosed()
    #expect(consultation.report.verdict == .fault)
    #expect(consultation.report.causes.first?.id == "learning-rate-high")
    #expect(consultation.modelEdits.first?.target == "optimizer.learning_rate")
    let repaired = try #require(try run.repairedFile(consultation))
    #expect(repaired.starts(with: "PK".utf8))
  }

  @Test("trains as fit does")
  func trains() throws {
    let folder = Fixtures.project.appending(path: "Book/sgd-half-is-stable/capture").path
    let prepared = try TrainingRun(RunRequest(paths: [folder])).prepared()
    var state = prepared.state
    let history = try prepared.trainer.fit(
      &state, data: prepared.data, options: prepared.options, callbacks: prepared.callbacks)
    let losses = history["loss"]
    #expect(try #require(losses.last) < (try #require(losses.first)))
  }
}
