// Is a sentence about a film kind or not? A vector for each word, and their mean.
import Downhill
import Foundation

let kind = ["wonderful", "moving", "brilliant", "warm", "funny"]
let unkind = ["dull", "tedious", "awful", "cold", "empty"]
let frames = [
  "a * film", "what a * story", "the acting is *", "* from start to end", "a * and * plot",
]

/// Every frame with every word, kind ones and unkind ones in turn.
let sentences = frames.flatMap { frame in
  zip(kind, unkind).flatMap {
    [(frame.replacing("*", with: $0), 1), (frame.replacing("*", with: $1), 0)]
  }
}
let words = sentences.map { $0.0.split(separator: " ").map(String.init) }
// 0 stands for "no word".
let vocabulary = [""] + Set(words.flatMap { $0 }).sorted()
let numbers = Dictionary(uniqueKeysWithValues: vocabulary.enumerated().map { ($1, Float($0)) })
let length = words.map(\.count).max() ?? 0
let rows = words.map { sentence in
  (sentence + [String](repeating: "", count: length - sentence.count)).map { numbers[$0] ?? 0 }
}
let x = Tensor(shape: [rows.count, length], scalars: rows.flatMap { $0 })
let y = Tensor(shape: [rows.count], scalars: sentences.map { Float($0.1) })

var network = try Sequential(input: [length], seed: 1) {
  Embedding(vocabulary.count, width: 8)
  GlobalAveragePooling1D()
  Dense(1, activation: .sigmoid)
}
try network.compile(
  optimizer: .adam(learningRate: 0.03), loss: .binaryCrossentropy(), metrics: [.accuracy])

let history = try network.fit(x, y, epochs: 30, batchSize: 10, callbacks: [ProgbarLogger()])

let losses = history["loss"]
print("loss: \(losses[0]) → \(losses[losses.count - 1])")
