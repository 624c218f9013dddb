import CaseFile
import Foundation
import JSON
import Testing

/// What other programs keep of a case comes back as it was.
struct ReportCodingTests {
  @Test func aReportSurvivesCoding() throws {
    let report = Report(
      inputs: [InputSource(kind: .capture, path: "runs/7")], verdict: .fault,
      headline: "learning-rate-high: too high",
      complaint: Complaint(symptom: .generalisationGap, sinceStep: 3, text: "it rises"),
      causes: [
        CauseFinding(
          id: "learning-rate-high", confidence: 0.9, isProven: true, summary: "too high",
          evidence: [Evidence("λ is 152.4", value: 152.4, basis: .probe, sample: "all rows")],
          remedy: Remedy(
            summary: "learning rate 0.006",
            edits: [Edit(target: "optimizer.learning_rate", from: 0.1, to: 0.006)]),
          trials: [
            TrialPair(seed: 1, baseline: ["loss": [2.3, 8.4]], remedied: ["loss": [2.3, 0.7]])
          ])
      ], ruledOut: [RuledOut(id: "feature-scale", because: "unit scale")],
      notExamined: [NotExamined(id: "label-range", needs: ["labels"], hint: "--data train.npz")])
    let decoded = try JSONDecoder().decode(Report.self, from: JSONEncoder().encode(report))
    #expect(decoded == report)
  }
}
