import CaseFile
import Charts
import JSON

/// What each learning rate reaches on a short run, with the stability limit and the user's rate.
struct RatesPicture: Picture {
  func figures(of report: Report) -> [Figure] {
    guard let measured = report.run?.measurements, measured.rates.count > 1 else { return [] }
    let rates = measured.rates.filter { $0.rate > 0 }.sorted { $0.rate < $1.rate }
    var marks: [any Mark] = [
      Line(rates.map { Point($0.rate, $0.loss) }, tone: .first, hasDots: true)
    ]
    var caption = "the loss that each rate reaches on a short run from the same weights"
    if let limit = measured.curvature?.stabilityLimit, isShown(limit, rates) {
      marks.append(Rule(limit, .upright, label: "stability limit \(TickText.text(limit))"))
    }
    if let rate = measured.curvature?.rate, isShown(rate, rates) {
      marks.append(Rule(rate, .upright, label: "yours \(TickText.text(rate))", tone: .bad))
    }
    let edits = report.causes.first?.remedy?.edits ?? []
    let remedy = edits.first { $0.target == "optimizer.learning_rate" }?.to.double
    if let remedy, isShown(remedy, rates) {
      marks.append(Rule(remedy, .upright, label: "remedy \(TickText.text(remedy))", tone: .good))
    }
    let finite = rates.filter(\.loss.isFinite)
    if let best = finite.min(by: { $0.loss < $1.loss }) {
      caption += "; \(TickText.text(best.rate)) leads"
    }
    if finite.count < rates.count { caption += "; ∞ marks rates at which the run diverged" }
    return [
      Figure(
        Chart(
          "Learning-rate range", description: caption.asSentence,
          x: Axis("learning rate", kind: .logarithmic), y: Axis("loss after a short run"),
          marks: marks), caption: caption)
    ]
  }

  /// A line far outside of the measured rates would squeeze them.
  private func isShown(_ rate: Double, _ rates: [RateProbe]) -> Bool {
    guard let first = rates.first?.rate, let last = rates.last?.rate else { return false }
    return rate.isFinite && rate >= first / 10 && rate <= last * 10
  }
}
