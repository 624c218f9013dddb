import CaseFile
import JSON

/// A few extreme targets that rule a squared loss.
struct Outliers: Cause {
  let id = "outliers"
  let title = "a few extreme targets rule the loss"
  let needs: [Need] = [.model, .labels, .trials]
  let explanation = """
    Mean squared error weighs a target a thousand times too large a million times: three slips of the \
    comma in a table, and the loss, its gradients and the scale of everything belong to those three \
    rows. Recognised from the distance of the extremes to the bulk of the targets. A robust loss (Huber, \
    mean absolute error) bears them; heavy tails that hold for many rows are no outliers. Proven by a \
    trial with the targets clipped to where the bulk ends.
    """

  /// Extremes this many times the width of the bulk (the middle 98 %) away from it are no tail: for
  /// a normal variable the factor is below 1, for an exponential one about 2.
  static let distance = 10.0
  /// A row of this many times the mean loss is one of those that rule it.
  private static let heavyRow = 10.0

  func examine(_ facts: CaseFile) -> Examination {
    guard let reading = ContractReading(facts) else { return lacking(.model) }
    guard let targets = reading.targets else { return lacking(.labels) }
    let squared: Set<String> = ["mean_squared_error", "mean_squared_logarithmic_error"]
    guard squared.contains(reading.loss.name) else {
      return .ruledOut("\(reading.loss.name) does not square the distance of an extreme target")
    }
    guard targets.percentiles.count == 101 else {
      return .ruledOut("no percentiles of the targets are known")
    }
    let (low, high) = (targets.percentiles[1], targets.percentiles[99])
    let width = high - low
    let beyond = max(targets.overall.maximum - high, low - targets.overall.minimum)
    guard width > 0, beyond > Outliers.distance * width else {
      return .ruledOut("the extreme targets lie near the bulk")
    }
    let clip = Edit(
      target: "data.y.clip",
      from: [.double(targets.overall.minimum), .double(targets.overall.maximum)],
      to: [.double(low), .double(high)])
    return .suspected(
      Suspicion(
        prior: 0.85,
        summary: "the targets run from \(figure(targets.overall.minimum)) to"
          + " \(figure(targets.overall.maximum)), but 98 % lie between \(figure(low)) and"
          + " \(figure(high))",
        evidence: [
          Evidence(
            "the farthest target lies \(figure(beyond / width)) times the width of the bulk away",
            value: beyond / width, sample: "all \(targets.rows) rows")
        ] + worst(facts),
        remedies: [Remedy(edits: [clip])],
        suspectRows: facts.measurements?.rowLosses.map { losses in
          losses.training.worst.filter { $0.loss > Outliers.heavyRow * losses.training.mean }
            .map { SuspectRow(row: $0.row, found: "a loss of \(figure($0.loss))") }
        }))
  }

  /// What single rows carry of the loss after the run.
  private func worst(_ facts: CaseFile) -> [Evidence] {
    guard let losses = facts.measurements?.rowLosses?.training else { return [] }
    return [
      Evidence(
        "the worst hundredth of the rows carries \(percentage(losses.worstShare)) of the loss",
        value: losses.worstShare, basis: .trial, sample: "\(losses.rows) rows")
    ]
  }

  @_optimize(none) var examples: [Example] {
    func targets(_ extreme: Double) -> ArrayFacts {
      var values = (0..<400).map { Double(($0 * 37) % 100) / 25 - 2 }
      values[7] = extreme
      return ArrayFacts(example: values)
    }
    return [
      .sick(
        "one slip of the comma", "y[7] = 9000; loss='mse'",
        .example(units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: targets(9000))),
      .healthy(
        "the same under a robust loss", "y[7] = 9000; loss='huber'",
        .example(units: [16, 1], activations: ["relu", "linear"], loss: "huber", y: targets(9000))),
      .healthy(
        "an extreme that is only a tail", "y[7] = 6; loss='mse'",
        .example(units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: targets(6))),
    ]
  }
}
