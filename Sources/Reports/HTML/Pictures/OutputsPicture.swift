import CaseFile
import Charts

/// The standard deviation of each layer's outputs before the first step.
struct OutputsPicture: Picture {
  func figures(of report: Report) -> [Figure] {
    let signals = report.run?.measurements?.signals ?? []
    guard signals.count > 1 else { return [] }
    let rows = signals.prefix(Pictures.largestRows).map {
      RowChart.Row($0.layer, [.bar($0.outputDeviation)])
    }
    let caption = "how far each layer's outputs spread before the first step, the first layer above"
    return [
      Figure(
        RowChart(
          "Activations by layer", description: caption.asSentence,
          axis: Axis("standard deviation"), parts: [(nil, .first)], rows: Array(rows)),
        caption: caption)
    ]
  }
}
