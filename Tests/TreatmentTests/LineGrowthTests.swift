import CaseFile
import Engine
import Networks
import Tensors
import Testing
import Training
import Treatment
import JSON

/// StackOverflow 69755379: x = 1…20, y linear in x, one Dense unit, SGD with rate 0.01, full batch.
/// The user's loss grew 3.5547-fold every epoch.
struct LineGrowthTests {
  /// What the log shows.
  static let loggedGrowth = 3.5547

  static func run() -> Run {
    let x = (1...20).map(Float.init)
    return Run(
      configuration: [
        "class_name": "Sequential",
        "config": [
          "name": "line",
          "layers": [
            ["class_name": "InputLayer", "config": ["batch_shape": [nil, 1], "name": "input"]],
            ["class_name": "Dense", "config": ["name": "dense", "units": 1]],
          ],
        ],
      ],
      compilation: [
        "optimizer": ["class_name": "SGD", "config": ["learning_rate": 0.01]],
        "loss": "mean_squared_error",
      ],
      weights: [
        Run.WeightKey(layer: "dense", variable: "kernel"): Tensor(shape: [1, 1], scalars: [0.5]),
        Run.WeightKey(layer: "dense", variable: "bias"): Tensor(shape: [1], scalars: [0]),
      ],
      fit: FitFacts(epochs: 12, batchSize: 32),
      data: RunData(
        training: RunRows(
          inputs: [Tensor(shape: [20, 1], scalars: x)],
          targets: [Tensor(shape: [20], scalars: x.map { 50 * $0 + 50 })]),
        heldOut: nil), numerics: .clipped)
  }

  @Test func theComputedLimitPredictsTheGrowth() throws {
    var measurements = Measurements()
    try RunProbes(run: Self.run(), backend: CPUBackend()).measure(into: &measurements)
    let curvature = try #require(measurements.curvature)
    // λ of the mean squared error: the larger eigenvalue of 2/n XᵀX with a column of ones.
    #expect(abs(curvature.largestEigenvalue - 288.54) < 0.05)
    #expect(abs(curvature.stabilityLimit - 2 / 288.54) < 1e-5)
    let step = 1 - curvature.rate * curvature.largestEigenvalue
    #expect(abs(step * step - Self.loggedGrowth) < 1e-3)
  }

  @Test func probesLeaveEveryBitOfTheRunAndOfItsStateAsItWas() throws {
    let run = Self.run()
    let model = try run.model()
    let compilation = try Compilation(configuration: run.compilation, numerics: run.numerics)
    let trained = try TrainingState(
      model: model, optimizer: compilation.optimizer,
      parameters: run.initialParameters(of: model, seed: 1), seed: 1)
    let (runBefore, stateBefore) = (run, trained)
    var first = Measurements()
    try RunProbes(run: run, backend: CPUBackend()).measure(into: &first, trained: trained)
    var second = Measurements()
    try RunProbes(run: run, backend: CPUBackend()).measure(into: &second, trained: trained)
    #expect(trained == stateBefore)
    #expect(run.data == runBefore.data && run.weights == runBefore.weights)
    #expect(first == second)
  }

  @Test func trainingReproducesTheGrowth() throws {
    let runner = TrialRunner(backend: CPUBackend())
    let outcome = try runner.outcome(TrialRunner.Job(run: Self.run(), seed: 1))
    let losses = try #require(outcome.history["loss"])
    for (before, after) in zip(losses, losses.dropFirst()).dropFirst(4) {
      #expect(abs(after / before - Self.loggedGrowth) < 2e-3)
    }
  }

  @Test func aRateBelowTheLimitCures() throws {
    let cured = try Self.run().applying([
      Edit(target: "optimizer.learning_rate", to: 0.006)
    ])
    let outcome = try TrialRunner(backend: CPUBackend()).outcome(
      TrialRunner.Job(run: cured, seed: 1))
    #expect(outcome.skill > 0.5)
  }
}
