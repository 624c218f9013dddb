import CaseFile
import Diagnosis
import JSON
import Networks
import Training

/// The state of one search for causes and cures.
struct Search {
  /// The case; measurements are added as they are made.
  var facts: CaseFile
  /// The run as the user has it.
  let run: Run
  let options: Doctor.Options
  let runner: TrialRunner
  let say: @Sendable (String) -> Void
  private let show: @Sendable (Report) -> Void
  let tally: TrialTally
  let budget: Budget
  var timing = Report.Timing()
  /// How many runs of the user's length all trials so far amount to.
  var spentRuns = 0.0

  /// What a range of learning rates costs in whole runs.
  private static let sweepRuns = 3.0
  let clock = ContinuousClock()
  /// The seed of the first trial of everything; the confirmation goes on from there.
  static let firstSeed = 1

  init(
    facts: CaseFile, run: Run, options: Doctor.Options, runner: TrialRunner,
    say: @escaping @Sendable (String) -> Void,
    show: @escaping @Sendable (Report) -> Void = { _ in }
  ) {
    self.facts = facts
    self.run = run
    self.options = options
    self.runner = runner
    let tally = TrialTally(say)
    self.tally = tally
    self.say = { tally.begin($0) }
    self.show = show
    budget = Budget(seconds: options.budget, run: run)
  }

  // MARK: Steps that both ways share

  /// Shows what is known by now to who follows the search; it is not the answer yet.
  func showFindings() {
    show(completed(Judgement(facts).report(facts)))
  }

  /// A report with what the search knows beside the verdict: the case, the times, the curve.
  func completed(_ report: Report) -> Report {
    var report = report
    report.timing = timing
    report.run = facts
    if report.curve.isEmpty {
      report.curve = facts.measurements?.baseline.first?.history["loss"] ?? []
    }
    return report
  }

  /// Seconds since an instant; they are told and decide nothing.
  func seconds(since start: ContinuousClock.Instant) -> Double {
    start.duration(to: clock.now) / .seconds(1)
  }

  /// Trains the user's run once, and hands on what was learned as well; `nil` if it cannot be trained.
  mutating func trainedBaseline() -> (outcome: Outcome, state: TrainingState)? {
    let start = clock.now
    defer { timing.trials += seconds(since: start) }
    spentRuns += 1
    return try? runner.trained(
      TrialRunner.Job(run: run, seed: Search.firstSeed, epochs: budget.epochs))
  }

  /// Trains a run once; `nil` if it cannot be trained.
  mutating func firstOutcome(_ run: Run, judgedBy loss: JSONValue? = nil) -> Outcome? {
    outcomes([run], seeds: [Search.firstSeed], judgedBy: loss)[0].first
  }

  /// Trains runs with seeds side by side; one list of outcomes a run, empty where training failed.
  ///
  /// - Parameters:
  ///   - share: The share of a trial's usual length.
  ///   - loss: The loss by which they are judged; `nil` for each by its own.
  mutating func outcomes(
    _ runs: [Run], seeds: [Int], share: Double = 1, judgedBy loss: JSONValue? = nil
  ) -> [[Outcome]] {
    let start = clock.now
    defer { timing.trials += seconds(since: start) }
    let jobs = runs.flatMap { run in
      seeds.map {
        TrialRunner.Job(
          run: run, seed: $0, epochs: budget.epochs(of: run, share: share), judgedBy: loss)
      }
    }
    let whole = Double(max(1, budget.epochs ?? run.fit.epochs - run.fit.initialEpoch))
    for job in jobs {
      let own = job.epochs ?? job.run.fit.epochs - job.run.fit.initialEpoch
      spentRuns += Double(own) / whole
    }
    let results = runner.outcomes(jobs, finished: tally.counting(jobs.count))
    return runs.indices.map { index in
      results[index * seeds.count..<(index + 1) * seeds.count].compactMap { try? $0.get() }
    }
  }

  /// The facts of a run with what probes measure of it.
  ///
  /// - Parameter trained: The state after the run, if signals are wanted of it as well.
  mutating func probing(
    _ run: Run, _ facts: CaseFile, trained: TrainingState? = nil
  ) -> CaseFile {
    var facts = facts
    let start = clock.now
    defer { timing.probes += seconds(since: start) }
    say("probing the run")
    var measurements = facts.measurements ?? Measurements()
    try? RunProbes(run: run, backend: runner.backend)
      .measure(into: &measurements, trained: trained)
    if let rate = measurements.curvature?.rate {
      // A sweep is a dozen runs of a few hundred steps: about as much as three whole ones.
      spentRuns += Search.sweepRuns
      measurements.rates = RateSweep(run: run, runner: runner).measure(around: rate)
    }
    measurements.oneBatch = OneBatchProbe(run: run, runner: runner).measure()
    if let trained {
      measurements.zeroedInputsLoss = try? ZeroedInputsProbe(run: run, backend: runner.backend)
        .measure(trained)
    }
    if let epoch = measurements.baseline.first?.history["loss"]?.firstIndex(where: { !$0.isFinite })
    {
      measurements.nonFinite = try? NonFiniteProbe(run: run, backend: runner.backend)
        .measure(failingEpoch: epoch)
    }
    if let trivial = run.trivialLoss {
      (measurements.trivialLoss, measurements.lossFloor) = (trivial.trivial, trivial.floor)
    }
    facts.measurements = measurements
    return facts
  }

  /// The seeds over which a cure is confirmed.
  var confirmingSeeds: [Int] { (0..<max(1, options.seeds)).map { Search.firstSeed + $0 } }

  /// Both runs over several seeds, as pairs. Where the remedy changes the shape of weights, which it
  /// then draws afresh, the run without it draws the same ones afresh as well.
  mutating func confirm(
    _ remedied: Run, baseline: Run, isComparable: Bool = true,
    measure: Suspicion.Measure = .overall, judgedBy loss: JSONValue? = nil
  ) -> (criterion: CureCriterion, pairs: [TrialPair]) {
    say("confirming over \(options.seeds) seeds")
    let results = outcomes(
      [baseline.control(of: remedied), remedied], seeds: confirmingSeeds, judgedBy: loss)
    let before = Dictionary(
      results[0].map { ($0.seed, $0.history) }, uniquingKeysWith: { first, _ in first })
    let pairs = results[1].map {
      TrialPair(seed: $0.seed, baseline: before[$0.seed] ?? [:], remedied: $0.history)
    }
    let criterion = CureCriterion(
      baseline: results[0], remedied: results[1], isComparable: isComparable, measure: measure)
    return (criterion, pairs)
  }
}
