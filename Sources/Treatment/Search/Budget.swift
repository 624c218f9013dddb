import Dispatch

/// How much time the search for a cure may take, and how long its trials may be.
struct Budget: Sendable {
  /// The least and the most that the search takes when the user names no budget, in seconds.
  private static let standardBounds = 2.0...60.0
  /// Without a named budget the search may take as long as this many runs of the user's would take
  /// in this engine: enough for every suspicion and its confirmation over seeds.
  private static let standardRuns = 30.0
  /// Trials that are shortened still run this many epochs, else nothing could be told from them.
  private static let minimumEpochs = 3

  private let named: Double?
  private let start = DispatchTime.now().uptimeNanoseconds
  private var limit: Double

  /// A budget in seconds; `nil` for the standard one.
  init(seconds: Double?) {
    named = seconds
    limit = seconds ?? Budget.standardBounds.upperBound
  }

  /// Seconds since the search began.
  var spent: Double { Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9 }

  /// Whether there is time for another stage.
  var isLeft: Bool { spent < limit }

  /// Sets the standard budget by the length of one run.
  mutating func calibrate(secondsOfOneRun seconds: Double) {
    guard named == nil else { return }
    limit = min(
      max(Budget.standardRuns * seconds, Budget.standardBounds.lowerBound),
      Budget.standardBounds.upperBound)
  }

  /// For how many epochs trials may run so that the expected number of them fits the budget; `nil`
  /// for as long as the user's run.
  func epochs(of total: Int, secondsOfOneRun seconds: Double) -> Int? {
    let affordable = limit / Budget.standardRuns / max(seconds, 1e-9)
    guard affordable < 1 else { return nil }
    return max(Budget.minimumEpochs, Int(Double(total) * affordable))
  }
}
