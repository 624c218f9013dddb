import CaseFile
import Charts

/// The norm of the gradient of each layer's weights before the first step.
struct GradientsPicture: Picture {
  func figures(of report: Report) -> [Figure] {
    let signals = (report.run?.measurements?.signals ?? []).filter { $0.gradientNorm != nil }
    guard signals.count > 1 else { return [] }
    let rows = signals.prefix(Pictures.largestRows).map {
      RowChart.Row($0.layer, [.bar($0.gradientNorm ?? 0)])
    }
    let caption = "the norm of each layer's gradient before the first step, the first layer above"
    return [
      Figure(
        RowChart(
          "Gradients by layer", description: caption.asSentence, axis: Axis("norm"),
          parts: [(nil, .first)], rows: Array(rows)), caption: caption)
    ]
  }
}
