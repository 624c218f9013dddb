import CaseFile
import Charts

/// The loss of the run by epoch, with the validation loss and the loss of a constant prediction.
struct LossPicture: Picture {
  func figures(of report: Report) -> [Figure] {
    let recorded = report.run?.recorded?.history ?? [:]
    let repeated = report.run?.measurements?.baseline.first?.history ?? [:]
    guard !report.curve.isEmpty else { return [] }
    let isRecorded = recorded["loss"] == report.curve
    var marks: [any Mark] = []
    if isRecorded, let again = repeated["loss"], !again.isEmpty {
      marks.append(Line(Point.counted(again), name: "repeated here", tone: .neutral))
    }
    marks.append(
      Line(
        Point.counted(report.curve), name: "training loss", tone: .first,
        hasDots: report.curve.count <= LossPicture.dotted))
    let validation = isRecorded ? recorded["val_loss"] : repeated["val_loss"]
    if let validation, !validation.isEmpty {
      marks.append(Line(Point.counted(validation), name: "validation loss", tone: .second))
    }
    let finite = marks.flatMap(\.ys).filter(\.isFinite)
    if let trivial = report.run?.measurements?.trivialLoss, trivial.isFinite,
      let low = finite.min(), let high = finite.max(),
      trivial <= high * LossPicture.farthestRule, trivial >= low / LossPicture.farthestRule
    {
      marks.append(Rule(trivial, .level, label: "best constant prediction"))
    }
    let losses = report.curve
    let ends =
      losses.contains(where: \.isFinite)
      ? "the loss goes from \(TickText.text(losses[0])) to "
        + "\(TickText.text(losses[losses.count - 1])) over \(losses.count) epochs"
      : "the loss is not a finite number in any of \(losses.count) epochs"
    let chart = Chart(
      "Loss by epoch", description: ends.asSentence,
      x: .counting("epoch"), y: Axis("loss"), marks: marks)
    let source = isRecorded ? "as the run recorded it" : "the run repeated by the engine"
    return [Figure(chart, caption: "\(ends), \(source)")]
  }

  /// Up to so many epochs each one is a dot of its own.
  private static let dotted = 40
  /// A line to compare with that lies further off than this factor would press the curves flat.
  private static let farthestRule = 30.0
}
