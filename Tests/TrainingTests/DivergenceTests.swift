import Engine
import JSON
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// A question that thousands have asked: a straight line through 20 points, SGD at its standard rate,
/// and the loss explodes (StackOverflow 69755379).
@Suite struct DivergenceTests {
  @Test func theLossGrowsByWhatTheHessianPredicts() throws {
    let x = (1...20).map(Float.init)
    let y = x.map { 50 * $0 + 50 }
    let model = try Model(
      configuration: [
        "class_name": "Sequential",
        "config": [
          "name": "line",
          "layers": [
            [
              "class_name": "Dense",
              "config": [
                "name": "dense", "units": 1, "batch_input_shape": [nil, 1],
                "kernel_initializer": "zeros",
              ],
            ]
          ],
        ],
      ])
    let compilation = try Compilation(configuration: ["optimizer": "sgd", "loss": "mse"])
    let trainer = try Trainer(model: model, compilation: compilation, backend: testedBackend)
    var state = try trainer.initialState(seed: 1)
    let history = try trainer.fit(
      &state,
      data: TrainingData(
        inputs: [Tensor(shape: [20], scalars: x)], targets: [Tensor(shape: [20], scalars: y)]),
      options: FitOptions(epochs: 20))
    let losses = history["loss"]
    let growth = losses[19] / losses[18]
    #expect(abs(growth - 3.5547) < 1e-4)

    // The Hessian of the mean squared error of w·x + b is 2/n · [[Σx², Σx], [Σx, n]].
    let n = 20.0
    let (a, b, d) = (2 / n * x.reduce(0.0) { $0 + Double($1 * $1) }, 2 / n * 210.0, 2.0)
    let largest = (a + d) / 2 + (((a - d) / 2) * ((a - d) / 2) + b * b).squareRoot()
    let factor = 1 - 0.01 * largest
    #expect(abs(growth - factor * factor) < 1e-4)
  }
}
