import CaseFile
import JSON

/// Single batches that make the loss jump.
struct LossSpikeBatch: Cause {
  let id = "loss-spike-batch"
  let title = "single batches make the loss jump"
  let needs: [Need] = [.features, .log, .trials]
  let explanation = """
    A handful of rows with features a thousand times too large sit in one batch of each epoch. That batch's \
    gradient throws the weights off, the loss jumps, and the following batches repair what they can. \
    Recognised from a loss with single high epochs, or one that never settles, and rows whose features \
    lie far outside of everything else. Proven by a trial without those rows; clipping the gradients \
    helps as well. Columns with heavy tails on many rows are another matter and left alone.
    """

  /// Features this many times the width of the bulk away from it are no tail.
  static let distance = 30.0
  /// Rows that are more than this share of all are a population, not single batches.
  static let rareShare = 0.02

  /// Creates the cause.
  init() {}

  func examine(_ facts: CaseFile) -> Examination {
    guard let features = facts.data?.features.first else { return lacking(.features) }
    guard RunHealth(facts) != nil else { return lacking(.log, .trials) }
    guard let extreme = features.extremeRows else {
      // Of a table, only a sample or a description is known; of images single elements say little.
      guard features.shape.count > 2 else { return lacking(.features) }
      return .ruledOut("the rows of long sequences and images are not compared one by one")
    }
    let share = Double(extreme.count) / Double(max(1, features.rows))
    guard !extreme.isEmpty, share <= LossSpikeBatch.rareShare else {
      return .ruledOut("no few rows lie far outside of the others")
    }
    return .suspected(
      Suspicion(
        prior: 0.6,
        summary: "\(extreme.count) rows hold features more than \(figure(LossSpikeBatch.distance))"
          + " times the width of the bulk away from it, the first in row \(extreme[0])",
        evidence: [
          Evidence(
            "rows: " + extreme.prefix(8).map(String.init).joined(separator: ", "),
            value: Double(extreme.count), sample: "all \(features.rows) rows")
        ],
        remedies: [
          Remedy(edits: [
            Edit(target: "data.drop_rows", to: ["rows": .array(extreme.map { .int($0) })])
          ]),
          Remedy(edits: [Edit(target: "optimizer.clipnorm", to: 1.0)]),
        ],
        suspectRows: extreme.prefix(SuspectRow.listed).map {
          SuspectRow(row: $0, found: "a feature far outside of its column's bulk")
        }))
  }

  @_optimize(none) var examples: [Example] {
    func extremes(_ rows: [Int]) -> CaseFile {
      .example(
        units: [16, 1], activations: ["relu", "linear"], loss: "mse", y: .spread(),
        history: ["loss": [1.0, 40, 0.9, 0.8, 55, 0.9]]
      ) { $0.data?.features[0].extremeRows = rows }
    }
    return [
      .sick("three slips of the comma", "x[[7, 91, 140]] *= 1e4", extremes([7, 91, 140])),
      .healthy("no extreme rows", "x = StandardScaler().fit_transform(x)", extremes([])),
    ]
  }
}
