import CaseFile
import Networks
import Training

/// How much the search for a cure may cost, and how long its trials may be.
///
/// Cost is an estimate from the arithmetic of a run, never a reading of a clock: the same case gives the
/// same result on a busy machine and on an idle one.
struct Budget: Sendable {
  /// The least and the most that a stage of the search costs when the user names no budget, in seconds.
  private static let standardBounds = 2.0...60.0
  /// So many runs of the user's length a consultation must be able to make at full length before trials
  /// are shortened: the run itself, the suspicions that remain, and the confirmation over seeds.
  private static let standardRuns = 30.0
  /// Trials that are shortened still run this many epochs, else nothing could be told from them.
  private static let minimumEpochs = 3
  /// So much longer than wanted the shortest trials may take before they are left out.
  private static let patience = 2.0
  /// A plain machine, for the estimate: arithmetic of one core in operations a second, and the time
  /// that a training step takes beside it.
  private static let operationsPerSecond = 2e10
  private static let secondsPerStep = 5e-6
  /// What an element of an intermediate result costs beside its multiplications, on its way to
  /// memory and back, in operations; and what an optimizer does to a weight.
  private static let operationsPerElement = 4.0
  private static let operationsPerUpdate = 20.0

  /// What a stage of the search may cost, in seconds: as much as one run of the user's, within bounds.
  let stage: Double
  /// What the confirmation of a cure may cost, by which the length of trials is set.
  private let whole: Double
  /// For how many epochs trials run; `nil` for as long as the user's run.
  let epochs: Int?
  /// Whether even short trials take no longer than a user would wait for.
  let allowsTrials: Bool
  /// For how many epochs the user's run goes.
  private let total: Int

  /// The budget of a run.
  ///
  /// - Parameter seconds: What the user allows; `nil` for the standard.
  init(seconds: Double?, run: Run) {
    total = max(1, run.fit.epochs - run.fit.initialEpoch)
    let cost = Budget.secondsOfOneEpoch(run) * Double(total)
    let bounds = Budget.standardBounds
    func bounded(_ wanted: Double) -> Double {
      min(max(wanted, bounds.lowerBound), bounds.upperBound)
    }
    stage = seconds ?? bounded(cost)
    whole = seconds ?? bounded(Budget.standardRuns * cost)
    let affordable = whole / Budget.standardRuns / max(cost, 1e-9)
    let least = Double(min(Budget.minimumEpochs, total)) / Double(total)
    allowsTrials = least <= Budget.patience * affordable
    epochs = affordable < 1 ? max(Budget.minimumEpochs, Int(Double(total) * affordable)) : nil
  }

  /// Whether a trial of a run is within this share of the budget: longer ones would leave no time for
  /// others.
  func affords(_ run: Run) -> Bool { cost(of: run) <= whole * Budget.largestShare }

  /// What a trial of a run costs, in seconds.
  ///
  /// - Parameter share: The share of a trial's usual length.
  func cost(of run: Run, share: Double = 1) -> Double {
    Budget.secondsOfOneEpoch(run) * Double(epochs(of: run, share: share) ?? Budget.ownEpochs(run))
  }

  /// For how many epochs a trial of a run goes, `nil` for all of its own: shortened trials keep the
  /// proportion of a run that is longer or shorter than the user's.
  ///
  /// - Parameter share: The share of a trial's usual length; less than 1 to look at many candidates.
  func epochs(of run: Run, share: Double = 1) -> Int? {
    let own = Budget.ownEpochs(run)
    let usual = epochs.map { own == total ? $0 : max(1, $0 * own / total) }
    guard share < 1 else { return usual }
    let few = min(Budget.minimumEpochs, usual ?? own)
    return max(few, Int(Double(usual ?? own) * share))
  }

  private static func ownEpochs(_ run: Run) -> Int { max(1, run.fit.epochs - run.fit.initialEpoch) }

  /// A confirmation takes three seeds of it, two of them side by side.
  private static let largestShare = 0.25

  /// Six operations a row for each multiplication: two forwards, four backwards.
  private static func secondsOfOneEpoch(_ run: Run) -> Double {
    guard let model = try? run.model() else { return 0 }
    let rows = run.data.training.rowCount
    let batch = max(1, min(run.fit.batchSize, rows))
    let steps = Double((rows + batch - 1) / batch)
    let cost = run.costOfOneRow(model)
    let work = 2 * cost.multiplications + operationsPerElement * cost.elements
    let operations =
      3 * Double(rows) * work
      + steps * operationsPerUpdate * Double(model.parameterCount)
    return operations / operationsPerSecond + steps * secondsPerStep
  }
}
