// Handwritten digits, 8 × 8 pixels each: which of ten classes?
import Downhill
import Foundation

let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
let digits = try DataSet(paths: [folder.appending(path: "digits-rate-too-high/data.npz").path()])
guard let labels = digits.targets else {
  print("the digits have no labels")
  exit(1)
}

var network = try Sequential(input: Array(digits.inputs[0].shape.extents.dropFirst()), seed: 1) {
  Rescaling(1.0 / 16)  // Pixels go from 0 to 16.
  Dense(64, activation: .relu, kernelInitializer: .heNormal)
  Dropout(0.2)
  Dense(10, activation: .softmax)
}
try network.compile(
  optimizer: .adam(learningRate: 0.003), loss: .sparseCategoricalCrossentropy(),
  metrics: [.accuracy])

let history = try network.fit(
  digits.inputs[0], labels, epochs: 8, validationSplit: 0.2,
  callbacks: [EarlyStopping(patience: 3, restoresBest: true), ProgbarLogger()])

let losses = history["loss"]
print("loss: \(losses[0]) → \(losses[losses.count - 1])")
