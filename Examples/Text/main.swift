// Is a sentence about a film kind or not? Words from a vocabulary, a vector for each, and their mean.
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
let texts = sentences.map(\.0)
let y = Tensor(shape: [texts.count], scalars: sentences.map { Float($0.1) })

let words = try TextVectorization(length: 6).adapted(to: texts)
var network = try Sequential(input: [1], seed: 1) {
  words
  Embedding(words.vocabulary.count, width: 8)
  GlobalAveragePooling1D()
  Dense(1, activation: .sigmoid)
}
try network.compile(
  optimizer: .adam(learningRate: 0.03), loss: .binaryCrossentropy(), metrics: [.accuracy])

let history = try network.fit(texts, y, epochs: 30, batchSize: 10, callbacks: [ProgbarLogger()])

let losses = history["loss"]
print("loss: \(losses[0]) → \(losses[losses.count - 1])")

let unseen = ["What a MOVING plot!", "the story is tedious..."]
let answers = try network.predict(unseen)
for (text, answer) in zip(unseen, answers.scalars) { print("\(text) kind: \(answer)") }
