// A curve with two humps, learnt from 256 points: a functional model with a shortcut.
import Downhill
import Foundation

let points = (0..<256).map { Float($0) / 128 - 1 }
let x = Tensor(shape: [256, 1], scalars: points)
let y = Tensor(shape: [256, 1], scalars: points.map { sin(5 * $0) + 0.5 * $0 })

let input = Input([1], name: "place")
let hidden = Dense(32, activation: .tanh)(Dense(32, activation: .tanh)(input))
let output = Dense(1, name: "height")(Concatenate()([input, hidden]))
var network = try Network(inputs: [input], outputs: [output], seed: 1)
try network.compile(
  optimizer: .adam(
    learningRate: .schedule(.cosineDecay(from: 0.01, steps: 320, lowestShare: 0.1))),
  loss: .meanSquaredError, metrics: [.meanAbsoluteError])

// With a folder as argument, TensorBoard can watch.
let boards = CommandLine.arguments.dropFirst().prefix(1).map {
  TensorBoard(folder: $0, histogramFrequency: 10)
}
let history = try network.fit(
  x, y, epochs: 40, validationSplit: 0.1, callbacks: boards + [ProgbarLogger()])

// A copy is an experiment of its own: does a smaller rate still help?
var careful = network
try careful.compile(optimizer: .sgd(learningRate: 0.001, momentum: 0.9), loss: .meanSquaredError)
try careful.fit(x, y, epochs: 20)
print("before and after: \(try network.evaluate(x, y)["loss"] ?? .nan)", terminator: ", ")
print(try careful.evaluate(x, y)["loss"] ?? .nan)

let losses = history["loss"]
print("loss: \(losses[0]) → \(losses[losses.count - 1])")
