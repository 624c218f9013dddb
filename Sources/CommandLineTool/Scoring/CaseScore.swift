import JSON

/// How one report compares with the truth.
struct CaseScore {
  /// The truth.
  var truth: CaseTruth
  /// The verdict, or `error` if there is no report.
  var verdict: String
  /// The causes of the report, in order.
  var causes: [Cause]
  /// How long the diagnosis took, in seconds.
  var seconds: Double
  /// Whether the case has data to train on, without which nothing can be proven by trial.
  var hasData: Bool
  /// Why there is no report.
  var error: String?
  /// Whether a second diagnosis gave the same report, times aside; `nil` where none was made.
  var isRepeated: Bool?
  /// By how much the remedy explains more than random search did; `nil` where they were not compared.
  var leadOverRandom: Double?

  /// What the scorer needs to know of a cause.
  struct Cause {
    var id: String
    var confidence: Double
    var isProven: Bool
  }

  /// The report without the times of its stages; `nil` if there is none.
  private(set) var content: JSONValue?

  /// Compares a report, as `--format json` prints it.
  init(truth: CaseTruth, report: JSONValue, seconds: Double, hasData: Bool) {
    self.truth = truth
    self.seconds = seconds
    self.hasData = hasData
    verdict = report["verdict"]?.string ?? "error"
    var content = report
    content["timing"] = nil
    self.content = content
    leadOverRandom =
      (report["causes"]?[0]?["evidence"]?.array ?? []).first {
        $0["sample"]?.string?.hasPrefix("random search") ?? false
      }?["value"]?.double
    causes = (report["causes"]?.array ?? []).compactMap { cause in
      guard let id = cause["id"]?.string else { return nil }
      return Cause(
        id: id, confidence: cause["confidence"]?.double ?? 0,
        isProven: cause["proven"]?.bool ?? false)
    }
  }

  /// A case that gave no report.
  init(truth: CaseTruth, error: String, seconds: Double, hasData: Bool) {
    self.truth = truth
    self.error = error
    self.seconds = seconds
    self.hasData = hasData
    verdict = "error"
    causes = []
  }

  /// Whether the first cause is a true one; for a healthy case, whether the verdict says so.
  var isRight: Bool {
    if truth.isHealthy { return verdict == "healthy" }
    return verdict == "fault" && causes.first.map { truth.truth.contains($0.id) } ?? false
  }

  /// Causes that are neither true nor may stand beside.
  var extras: [String] {
    causes.map(\.id).filter { !truth.truth.contains($0) && !truth.also.contains($0) }
  }

  /// Whether the first cause is right and proven.
  var isProven: Bool { isRight && causes.first?.isProven == true }
}
