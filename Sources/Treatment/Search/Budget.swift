import CaseFile
import Dispatch
import Networks
import Training

/// How much time the search for a cure may take, and how long its trials may be.
///
/// The length of trials follows from an estimate of their cost, never from a clock: the same case
/// gives the same result on a busy machine and on an idle one. The clock only ends a search that has
/// gone far beyond the estimate.
struct Budget: Sendable {
  /// The least and the most that the search takes when the user names no budget, in seconds.
  private static let standardBounds = 2.0...60.0
  /// Without a named budget the search may take as long as this many runs of the user's: enough for
  /// every suspicion and its confirmation over seeds.
  private static let standardRuns = 30.0
  /// Trials that are shortened still run this many epochs, else nothing could be told from them.
  private static let minimumEpochs = 3
  /// A plain machine, for the estimate: arithmetic of one core in operations a second, and the time
  /// that a training step takes beside it.
  private static let operationsPerSecond = 2e10
  private static let secondsPerStep = 5e-6

  private let start = DispatchTime.now().uptimeNanoseconds
  private let limit: Double
  /// For how many epochs trials run; `nil` for as long as the user's run.
  let epochs: Int?

  /// The budget of a run.
  ///
  /// - Parameter seconds: What the user allows; `nil` for the standard.
  init(seconds: Double?, run: Run) {
    let total = max(1, run.fit.epochs - run.fit.initialEpoch)
    let cost = Budget.secondsOfOneEpoch(run) * Double(total)
    limit =
      seconds
      ?? min(
        max(Budget.standardRuns * cost, Budget.standardBounds.lowerBound),
        Budget.standardBounds.upperBound)
    let affordable = limit / Budget.standardRuns / max(cost, 1e-9)
    epochs = affordable < 1 ? max(Budget.minimumEpochs, Int(Double(total) * affordable)) : nil
  }

  /// Seconds since the search began.
  var spent: Double { Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9 }

  /// Whether there is time for another stage.
  var isLeft: Bool { spent < Budget.standardBounds.upperBound + limit }

  /// Six operations a row for each weight: two forwards, four backwards.
  private static func secondsOfOneEpoch(_ run: Run) -> Double {
    guard let model = try? run.model() else { return 0 }
    let rows = run.data.training.rowCount
    let batch = max(1, min(run.fit.batchSize, rows))
    let steps = Double((rows + batch - 1) / batch)
    return 6 * Double(rows) * Double(model.parameterCount) / operationsPerSecond
      + steps * secondsPerStep
  }
}
