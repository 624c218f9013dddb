/// Sums over all cases.
struct ScoreTotals {
  /// The sick cases.
  let sick: Int
  /// Those with a right first cause.
  let right: Int
  /// The healthy cases.
  let healthy: Int
  /// Those that were called healthy.
  let recognised: Int
  /// Those that were accused of a fault.
  let accused: Int
  /// Cases of both kinds about which nothing was concluded.
  let undetermined: Int
  /// Cases without a report.
  let failed: Int
  /// Sick cases that have data, so that a cure can be tried.
  let curable: Int
  /// Those of them whose first cause is right and proven.
  let proven: Int
  /// Wrong extra causes a case.
  let extrasPerCase: Double
  /// The time a case took, in seconds.
  let meanSeconds: Double
  /// The longest time a case took, in seconds.
  let longestSeconds: Double
  /// Remedies that were compared with random search.
  let compared: Int
  /// Those of them that explain more than random search at the same number of runs.
  let ahead: Int
  /// Cases that were diagnosed twice.
  let diagnosedTwice: Int
  /// Those of them whose reports are the same, times aside.
  let repeated: Int
  /// How often a first cause of a given confidence was right.
  let calibration: [CalibrationBin]

  /// First causes whose confidence lies in a range.
  struct CalibrationBin {
    var range: Range<Double>
    var count = 0
    var right = 0
    var confidence = 0.0
  }

  /// The edges of the ranges: finer towards 1, because that is where promises are made.
  static let edges = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01]

  init(_ scores: [CaseScore]) {
    let sickOnes = scores.filter { !$0.truth.isHealthy }
    let healthyOnes = scores.filter(\.truth.isHealthy)
    let curableOnes = sickOnes.filter(\.hasData)
    sick = sickOnes.count
    right = sickOnes.count(where: \.isRight)
    healthy = healthyOnes.count
    recognised = healthyOnes.count(where: \.isRight)
    accused = healthyOnes.count { $0.verdict == "fault" }
    undetermined = scores.count { $0.verdict == "undetermined" }
    failed = scores.count { $0.error != nil }
    curable = curableOnes.count
    proven = curableOnes.count(where: \.isProven)
    diagnosedTwice = scores.count { $0.isRepeated != nil }
    repeated = scores.count { $0.isRepeated == true }
    let leads = scores.compactMap(\.leadOverRandom)
    (compared, ahead) = (leads.count, leads.count { $0 > 0 })
    let count = Double(max(scores.count, 1))
    extrasPerCase = Double(scores.reduce(0) { $0 + $1.extras.count }) / count
    meanSeconds = scores.reduce(0) { $0 + $1.seconds } / count
    longestSeconds = scores.map(\.seconds).max() ?? 0
    var bins = zip(ScoreTotals.edges, ScoreTotals.edges.dropFirst())
      .map { CalibrationBin(range: $0..<$1) }
    for score in scores {
      guard score.verdict == "fault", let first = score.causes.first,
        let index = bins.firstIndex(where: { $0.range.contains(first.confidence) })
      else { continue }
      bins[index].count += 1
      bins[index].right += score.isRight ? 1 : 0
      bins[index].confidence += first.confidence
    }
    calibration = bins.filter { $0.count > 0 }
  }
}
