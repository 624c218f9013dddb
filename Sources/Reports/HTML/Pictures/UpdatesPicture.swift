import CaseFile
import Charts

/// How far one step moves each layer's weights, against what is usual.
struct UpdatesPicture: Picture {
  /// The ratio of healthy training (Karpathy's rule of thumb, CS231n): updates of a thousandth.
  private static let usual = 1e-3

  func figures(of report: Report) -> [Figure] {
    guard let measured = report.run?.measurements, let ratios = measured.layerUpdateRatios,
      ratios.count > 1
    else { return [] }
    let order = measured.signals.map(\.layer)
    let names =
      order.filter { ratios[$0] != nil } + ratios.keys.filter { !order.contains($0) }.sorted()
    let rows = names.prefix(Pictures.largestRows).map {
      RowChart.Row($0, [ratios[$0].map { .bar($0) }])
    }
    let caption =
      "how far one step moves each layer's weights, as a share of their size; about a "
      + "thousandth is usual"
    return [
      Figure(
        RowChart(
          "Update to weight", description: caption.asSentence,
          axis: Axis("‖Δw‖ / ‖w‖", kind: .logarithmic), parts: [(nil, .first)], rows: Array(rows),
          rule: Rule(UpdatesPicture.usual, .upright, label: "usual")), caption: caption)
    ]
  }
}
