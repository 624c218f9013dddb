import CaseFile
import Charts

/// The share of each class, training against validation.
struct ClassesPicture: Picture {
  func figures(of report: Report) -> [Figure] {
    guard let data = report.run?.data, let targets = data.targets else { return [] }
    let training = shares(targets)
    guard training.count > 1, training.count <= Pictures.largestRows else { return [] }
    let held = data.validationTargets.map(shares) ?? [:]
    let rows = training.keys.sorted().map { value in
      RowChart.Row(
        "class \(TickText.text(value))",
        [training[value].map { .bar($0) }]
          + (held.isEmpty ? [] : [.bar(held[value] ?? 0)]))
    }
    let (least, most) = (training.values.min() ?? 0, training.values.max() ?? 0)
    let caption =
      "the classes hold from \(TickText.text(least)) to \(TickText.text(most)) % of the rows"
    return [
      Figure(
        RowChart(
          "Share of the classes", description: caption.asSentence,
          axis: Axis("% of the rows", kind: .linear, includesZero: true),
          parts: [(held.isEmpty ? nil : "training", .first)]
            + (held.isEmpty ? [] : [("validation", .second)]), rows: rows), caption: caption)
    ]
  }

  /// Percentages by class; empty if the targets are no classes.
  private func shares(_ targets: ArrayFacts) -> [Double: Double] {
    if targets.isOneHot {
      return Dictionary(
        uniqueKeysWithValues: targets.columns.enumerated().map {
          (Double($0.offset), $0.element.mean * 100)
        })
    }
    guard targets.rowLength == 1, targets.isIntegral, !targets.distinct.isEmpty else { return [:] }
    let total = Double(max(1, targets.distinct.reduce(0) { $0 + $1.count }))
    return Dictionary(
      targets.distinct.map { ($0.value, Double($0.count) / total * 100) },
      uniquingKeysWith: { first, _ in first })
  }
}
