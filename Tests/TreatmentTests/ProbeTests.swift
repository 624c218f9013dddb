import Foundation
import Synchronization
import Captures
import CaseFile
import Diagnosis
import Engine
import Networks
import TestSupport
import Testing
import Training
import Treatment

/// Probes on runs of the book: their figures agree with what training and evaluation say, and they
/// leave run and state as they were.
struct ProbeTests {
  static let backend = CPUBackend()

  static func run(_ name: String) throws -> (run: Run, facts: CaseFile) {
    let path = Fixtures.project.appending(path: "Book/\(name)/capture").path
    let capture = try Capture(path: path)
    let (model, data) = (try #require(capture.model), try #require(capture.data))
    let facts = capture.caseFile
    return (
      try #require(
        try Run(
          model, data: data, fit: facts.fit ?? FitFacts(), environment: facts.environment,
          recorded: facts.recorded)), facts
    )
  }

  static func trained(_ run: Run) throws -> (outcome: Outcome, state: TrainingState) {
    try TrialRunner(backend: backend).trained(TrialRunner.Job(run: run, seed: 1))
  }

  @Test(arguments: [false, true])
  func aTrialTellsItsLastEpochOnce(_ stopsEarly: Bool) throws {
    var run = try Self.run("wine-forty-epochs").run
    // No loss falls by a thousand, so the third epoch is the last.
    run.callbacks =
      stopsEarly ? [EarlyStopping(monitor: "loss", minimumChange: 1000, patience: 2)] : []
    let told = Mutex<[TrialEpoch]>([])
    let runner = TrialRunner(
      backend: Self.backend, watch: { epoch in told.withLock { $0.append(epoch) } })
    let outcome = try runner.outcome(TrialRunner.Job(run: run, seed: 1))
    let epochs = told.withLock { $0 }
    #expect(epochs.map(\.epoch) == Array(1...(outcome.history["loss"]?.count ?? 0)))
    #expect(epochs.filter(\.isLast).map(\.epoch) == epochs.suffix(1).map(\.epoch))
    #expect((epochs.count == 3) == stopsEarly)
  }

  /// One run for each kind of loss.
  @Test(arguments: [
    "wine-forty-epochs", "overlapping-classes", "diabetes-levels-out", "two-columns-of-targets",
    "votes-soft-labels", "logits-told-column-labels", "linear-autoencoder",
  ])
  func theMeanOverRowsIsTheLossOfAnEvaluation(_ name: String) throws {
    let run = try Self.run(name).run
    let (outcome, state) = try Self.trained(run)
    let losses = try #require(try RowLossProbe(run: run, backend: Self.backend).measure(state))
    #expect(abs(losses.training.mean / outcome.trainingLoss - 1) < 1e-4)
    let (heldOut, expected) = (try #require(losses.heldOut), try #require(outcome.heldOutLoss))
    #expect(abs(heldOut.mean / expected - 1) < 1e-4)
    #expect(heldOut.worst.first.map { $0.loss >= heldOut.mean } ?? false)
  }

  @Test(arguments: ["wine-forty-epochs", "diabetes-levels-out", "twelve-wide-relu-layers"])
  func probesChangeNothing(_ name: String) throws {
    let run = try Self.run(name).run
    let state = try Self.trained(run).state
    let (runBefore, stateBefore) = (run, state)
    let runner = TrialRunner(backend: Self.backend)
    var first = Measurements()
    try RunProbes(run: run, backend: Self.backend).measure(into: &first, trained: state)
    let losses = try RowLossProbe(run: run, backend: Self.backend).measure(state)
    let zeroed = try ZeroedInputsProbe(run: run, backend: Self.backend).measure(state)
    let step = try FirstStepProbe(run: run, backend: Self.backend).measure()
    let origin = try NonFiniteProbe(run: run, backend: Self.backend).measure(failingEpoch: 0)
    let batch = OneBatchProbe(run: run, runner: runner).measure()
    #expect(state.parameters.map(\.bitPattern) == stateBefore.parameters.map(\.bitPattern))
    #expect(
      state.slots.map { $0.map(\.bitPattern) } == stateBefore.slots.map { $0.map(\.bitPattern) })
    #expect(state.iterations == stateBefore.iterations)
    #expect(run.data == runBefore.data && run.weights == runBefore.weights)
    // And once more, in another order, they say the same.
    #expect(batch == OneBatchProbe(run: run, runner: runner).measure())
    #expect(try origin == NonFiniteProbe(run: run, backend: Self.backend).measure(failingEpoch: 0))
    #expect(try step == FirstStepProbe(run: run, backend: Self.backend).measure())
    #expect(
      try zeroed?.bitPattern
        == ZeroedInputsProbe(run: run, backend: Self.backend).measure(state)?.bitPattern)
    #expect(try losses == RowLossProbe(run: run, backend: Self.backend).measure(state))
  }

  @Test func aFullBatchOfKerasStartsWithTheLossThatIsComputedHere() throws {
    let (run, facts) = try Self.run("full-batches-many-epochs")
    let own = try #require(try FirstStepProbe(run: run, backend: Self.backend).measure())
    let recorded = try #require(facts.recorded?.history["loss"]?.first)
    #expect(abs(own / recorded - 1) < 1e-4)
    // With batches there is no such number.
    let several = try Self.run("wine-forty-epochs").run
    #expect(try FirstStepProbe(run: several, backend: Self.backend).measure() == nil)
  }

  @Test func theFirstInfinityIsFoundWhereItArises() throws {
    let run = try Self.run("twelve-wide-relu-layers").run
    let origin = try #require(
      try NonFiniteProbe(run: run, backend: Self.backend).measure(failingEpoch: 0))
    #expect(origin.step >= 1)
    // A rate that is too high leaves huge numbers behind it, whatever overflows first.
    #expect(origin.place != .penalty)
    #expect(origin.place != .loss || (origin.magnitudeBefore ?? 0) > 1e6, "\(origin)")
    // A sound run has none.
    let sound = try Self.run("wine-forty-epochs").run
    #expect(try NonFiniteProbe(run: sound, backend: Self.backend).measure(failingEpoch: 1) == nil)
  }

  @Test func aModelThatLearnsDoesWorseWithoutItsFeatures() throws {
    let run = try Self.run("wine-forty-epochs").run
    let (outcome, state) = try Self.trained(run)
    let zeroed = try #require(
      try ZeroedInputsProbe(run: run, backend: Self.backend).measure(state))
    #expect(zeroed > 2 * outcome.trainingLoss)
  }

  @Test func aSoundModelLearnsOneBatchByHeart() throws {
    let run = try Self.run("wine-forty-epochs").run
    let outcome = try #require(
      OneBatchProbe(run: run, runner: TrialRunner(backend: Self.backend)).measure())
    #expect(outcome.skill > 0.95)
  }

  /// Gradients g = G + noise of variance s² in each of d directions have a noise scale of d s² / |G|².
  @Test func theNoiseScaleFollowsFromTwoBatchSizes() throws {
    let (direction, noise, b, count) = (4.0, 12.0, 16, 128)
    let scale = try #require(
      GradientNoiseProbe.scale(
        small: direction + noise / Double(b), whole: direction + noise / Double(count), b, count))
    #expect(abs(scale - noise / direction) < 1e-9)
    // Noise that hides the direction has no scale.
    #expect(GradientNoiseProbe.scale(small: 1, whole: 0.1, b, count) == nil)
  }
}
