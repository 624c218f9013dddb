import Tensors
package import Training

extension RunRows {
  /// Bytes of rows that trials hold at once, as much as of images: remedies change rows, and for that
  /// need them in memory. Of larger data a sample stands for all.
  package static let largestSize = 2 << 30

  /// How many rows of data trials can hold.
  package static func count(of data: TrainingData, largestSize: Int = largestSize) -> Int {
    let size = 4 * data.arrays.map(\.rowLength).reduce(0, +)
    return min(data.rowCount, max(1, largestSize / max(1, size)))
  }

  /// Brings data into memory: all rows, or of more than trials can hold one at random out of each of as
  /// many equal parts, so that sorted data are sampled as evenly as others, and periodic data do not show
  /// one phase only.
  ///
  /// - Returns: The rows, and their numbers where they are not all.
  /// - Throws: What reading a file throws.
  package static func loaded(
    _ data: TrainingData, largestSize: Int = largestSize
  ) throws -> (rows: RunRows, numbers: [Int]?) {
    let (count, all) = (count(of: data, largestSize: largestSize), data.rowCount)
    guard count < all else {
      return (
        RunRows(
          inputs: try data.inputs.map { try $0.tensor() },
          targets: try data.targets.map { try $0.tensor() },
          sampleWeights: try data.sampleWeights.map { try $0.tensor() }), nil
      )
    }
    let draws = RandomNumbers(seed: 1, purpose: .probing, stream: 13).uniform(count)
    let width = Double(all) / Double(count)
    let numbers = draws.enumerated().map { part, draw in
      min(all - 1, Int((Double(part) + Double(draw)) * width))
    }
    return (
      RunRows(
        inputs: try data.inputs.map { try $0.tensor(ofRows: numbers) },
        targets: try data.targets.map { try $0.tensor(ofRows: numbers) },
        sampleWeights: try data.sampleWeights.map { try $0.tensor(ofRows: numbers) }), numbers
    )
  }
}
