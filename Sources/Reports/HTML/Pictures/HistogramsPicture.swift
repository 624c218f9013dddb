import CaseFile
import Charts

/// How the values of the columns that stand out are spread.
struct HistogramsPicture: Picture {
  func figures(of report: Report) -> [Figure] {
    guard let data = report.run?.data else { return [] }
    return (data.histograms ?? []).compactMap { histogram in
      guard data.features.indices.contains(histogram.input), let low = histogram.edges.first,
        let high = histogram.edges.last
      else { return nil }
      let name = data.features[histogram.input].columnName(histogram.column)
      let total = histogram.counts.reduce(0, +)
      let caption =
        "\(total) values of \(name), from \(TickText.text(low)) to \(TickText.text(high))"
      return Figure(
        Chart(
          "Values of \(name)", description: caption.asSentence,
          x: Axis(name, kind: .linear), y: Axis("rows", kind: .linear, includesZero: true),
          marks: [
            Bins(edges: histogram.edges, counts: histogram.counts.map(Double.init), tone: .first)
          ]), caption: caption)
    }
  }
}
