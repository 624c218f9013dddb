// The next value of a wave, from the twelve before: long short-term memory.
import Downhill
import Foundation

let steps = 12
let wave = (0..<400).map { Float(sin(Double($0) * 0.3) + 0.5 * sin(Double($0) * 0.11)) }
let windows = (0..<wave.count - steps).map { Array(wave[$0..<$0 + steps]) }
let x = Tensor(shape: [windows.count, steps, 1], scalars: windows.flatMap { $0 })
let y = Tensor(shape: [windows.count, 1], scalars: Array(wave[steps...]))

var network = try Sequential(input: [steps, 1], seed: 1) {
  LSTM(16)
  Dense(1)
}
try network.compile(optimizer: .adam(learningRate: 0.01), loss: .meanSquaredError)

let history = try network.fit(
  x, y, epochs: 10, validationSplit: 0.2,
  callbacks: [ReduceLROnPlateau(factor: 0.5, patience: 2), ProgbarLogger()])

let losses = history["loss"]
print("loss: \(losses[0]) → \(losses[losses.count - 1])")
