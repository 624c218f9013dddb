import CaseFile
import Charts

/// How targets that are no classes are spread: their percentiles.
struct TargetsPicture: Picture {
  /// Percentiles 0…100.
  private static let percentileCount = 101
  /// Fewer distinct values are classes or grades, of which a bar chart shows more.
  private static let fewestValues = 25

  func figures(of report: Report) -> [Figure] {
    guard let targets = report.run?.data?.targets,
      targets.percentiles.count == TargetsPicture.percentileCount,
      targets.distinct.isEmpty || targets.distinct.count >= TargetsPicture.fewestValues
    else { return [] }
    let (low, middle, high) = (
      targets.percentiles[0], targets.percentiles[50], targets.percentiles[100]
    )
    let caption =
      "targets run from \(TickText.text(low)) to \(TickText.text(high)), half of them below "
      + TickText.text(middle)
    return [
      Figure(
        Chart(
          "Spread of the targets", description: caption.asSentence,
          x: Axis("% of the rows", kind: .linear), y: Axis("at most this value", kind: .linear),
          marks: [Line(Point.counted(targets.percentiles, from: 0), tone: .first)]),
        caption: caption)
    ]
  }
}
