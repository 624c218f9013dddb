import CaseFile
import Charts

/// The units of each layer that always give the same value, and outputs at the end of their range.
struct SilentUnitsPicture: Picture {
  func figures(of report: Report) -> [Figure] {
    let signals = (report.run?.measurements?.signals ?? []).filter {
      $0.deadShare > 0 || $0.saturatedShare > 0
    }
    guard !signals.isEmpty else { return [] }
    let rows = signals.prefix(Pictures.largestRows).map {
      RowChart.Row($0.layer, [.bar($0.deadShare * 100), .bar($0.saturatedShare * 100)])
    }
    let caption =
      "units that give the same value on every row, and outputs at the end of their range"
    return [
      Figure(
        RowChart(
          "Units that say nothing", description: caption.asSentence,
          axis: Axis("%", kind: .linear, includesZero: true),
          parts: [("dead units", .bad), ("saturated outputs", .second)], rows: Array(rows)),
        caption: caption)
    ]
  }
}
