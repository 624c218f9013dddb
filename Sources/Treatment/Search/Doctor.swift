public import CaseFile
import Diagnosis
public import Engine
import Networks

/// Finds out why a run's loss does not fall, and proves it: rules first, experiments second.
///
/// 1. Rules over the case. Where they settle a fault, its repair is tried.
/// 2. Else the run is repeated. If the loss falls as it should, the run is healthy.
/// 3. Else probes are made, every suspicion's remedy is tried, alone and then in pairs, and the
///    smallest set that cures is confirmed over several seeds.
public struct Doctor: Sendable {
  /// What the user may set.
  public struct Options: Sendable {
    /// Seconds that experiments may take; `nil` for a standard by the length of the run.
    public var budget: Double?
    /// Over how many seeds a cure is confirmed.
    public var seeds: Int
    /// Whether to leave out all experiments.
    public var isQuick: Bool
    /// Whether a cure is compared with random search at the same number of runs.
    public var comparesWithRandomSearch = false

    /// The options; three seeds are the fewest that show a spread.
    public init(budget: Double? = nil, seeds: Int = 3, isQuick: Bool = false) {
      self.budget = budget
      self.seeds = seeds
      self.isQuick = isQuick
    }
  }

  /// What the user set.
  let options: Options
  /// Trains runs.
  let runner: TrialRunner
  /// Told what is being done.
  let progress: @Sendable (String) -> Void
  /// Shown what is known so far.
  let findings: @Sendable (Report) -> Void

  /// A doctor.
  ///
  /// - Parameters:
  ///   - progress: Told what is being done, in a few words.
  ///   - findings: Shown what is known so far whenever something was learned; not the answer yet.
  ///   - trialEpoch: Told of every epoch of every trial, from several threads.
  ///   - isCancelled: Asked between batches; a cancelled consultation ends with what rules say.
  public init(
    options: Options = Options(), backend: any Backend,
    progress: @escaping @Sendable (String) -> Void = { _ in },
    findings: @escaping @Sendable (Report) -> Void = { _ in },
    trialEpoch: @escaping @Sendable (TrialEpoch) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.options = options
    self.progress = progress
    self.findings = findings
    runner = TrialRunner(backend: backend, isCancelled: isCancelled, watch: trialEpoch)
  }

  /// Examines a case.
  ///
  /// - Parameter run: The run as something that can be repeated; `nil` if model or data are lacking.
  package func consult(_ facts: CaseFile, run: Run?) -> Consultation {
    let judgement = Judgement(facts)
    guard !options.isQuick, let run, let model = try? run.model(), model.isRunnable else {
      var report = judgement.report(facts)
      report.run = facts
      return Consultation(report: report)
    }
    var search = Search(
      facts: facts, run: run, options: options, runner: runner, say: progress, show: findings)
    guard search.budget.allowsTrials else { return Consultation(report: judgement.report(facts)) }
    search.showFindings()
    return judgement.found.isEmpty
      ? search.findCause() : search.repair(judgement.found)
  }
}
