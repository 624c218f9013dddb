import Tensors
package import Training

extension RunRows {
  /// Bytes of rows that trials hold at once, as many as the recorder keeps of an array: remedies change
  /// rows, and for that need them in memory, once for each that is tried. Of larger data a sample stands
  /// for all.
  package static let largestSize = 1 << 30

  /// How many rows of data trials can hold.
  package static func count(of data: TrainingData, largestSize: Int = largestSize) -> Int {
    let size = 4 * data.arrays.map(\.rowLength).reduce(0, +)
    return min(data.rowCount, max(1, largestSize / max(1, size)))
  }

  /// Of more rows than trials can hold the numbers of those that stand for all, one at random out of each
  /// of as many equal parts, so that sorted data are sampled as evenly as others, and periodic data do
  /// not show one phase only; `nil` where all can be held.
  package static func sample(
    of data: TrainingData, largestSize: Int = largestSize
  ) -> [Int]? {
    let (count, all) = (count(of: data, largestSize: largestSize), data.rowCount)
    guard count < all else { return nil }
    let draws = RandomNumbers(seed: 1, purpose: .probing, stream: 13).uniform(count)
    let width = Double(all) / Double(count)
    return draws.enumerated().map { part, draw in
      min(all - 1, Int((Double(part) + Double(draw)) * width))
    }
  }

  /// Brings rows of data into memory, all of them for `nil`.
  ///
  /// - Throws: What reading a file throws.
  package init(_ data: TrainingData, rows numbers: [Int]?) throws {
    func held(_ arrays: [any RowSource]) throws -> [Tensor] {
      try arrays.map { array in
        try numbers.map { try array.tensor(ofRows: $0) } ?? array.tensor()
      }
    }
    self.init(
      inputs: try held(data.inputs), targets: try held(data.targets),
      sampleWeights: try held(data.sampleWeights))
  }
}
