import CaseFile
import Charts

/// The accuracy of the run by epoch, training against validation.
struct MetricPicture: Picture {
  func figures(of report: Report) -> [Figure] {
    let histories = [
      report.run?.recorded?.history, report.run?.measurements?.baseline.first?.history,
    ]
    for history in histories.compactMap({ $0 }) {
      let names = history.keys.filter { $0.hasSuffix("accuracy") || $0.hasSuffix("acc") }.sorted()
      guard let name = names.first(where: { !$0.hasPrefix("val_") }),
        let training = history[name], !training.isEmpty
      else { continue }
      var marks: [any Mark] = [Line(Point.counted(training), name: name, tone: .first)]
      if let validation = history["val_" + name] {
        marks.append(Line(Point.counted(validation), name: "val_" + name, tone: .second))
      }
      let last = percentage(training[training.count - 1])
      let chart = Chart(
        "Accuracy by epoch", description: "The \(name) ends at \(last).", x: .counting("epoch"),
        y: Axis("share of rows", kind: .linear), marks: marks)
      return [Figure(chart, caption: "\(name) ends at \(last)")]
    }
    return []
  }
}
