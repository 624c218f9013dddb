import Tensors

/// Subtracts a number from each column and divides by another: its mean and spread, or its least value
/// and its range.
struct Standardiser: Sendable {
  private let mean: [Double]
  private let spread: [Double]

  /// Fits on the rows of an array; a constant column is only shifted.
  init(_ tensor: Tensor) {
    let (rows, length) = (tensor.rowCount, tensor.rowLength)
    var sums = [Double](repeating: 0, count: length)
    var squares = sums
    for row in 0..<rows {
      for column in 0..<length { sums[column] += Double(tensor.scalars[row * length + column]) }
    }
    let mean = sums.map { $0 / Double(max(1, rows)) }
    for row in 0..<rows {
      for column in 0..<length {
        let distance = Double(tensor.scalars[row * length + column]) - mean[column]
        squares[column] += distance * distance
      }
    }
    self.mean = mean
    spread = squares.map { square in
      let deviation = (square / Double(max(1, rows))).squareRoot()
      return deviation > 0 ? deviation : 1
    }
  }

  /// Fits on the least and the largest value of each column; a constant column is only shifted.
  init(range tensor: Tensor) {
    let length = tensor.rowLength
    var least = [Double](repeating: .infinity, count: length)
    var largest = [Double](repeating: -.infinity, count: length)
    for (index, value) in tensor.scalars.enumerated() where value.isFinite {
      let column = index % length
      least[column] = min(least[column], Double(value))
      largest[column] = max(largest[column], Double(value))
    }
    mean = least.map { $0.isFinite ? $0 : 0 }
    spread = zip(least, largest).map { $1 > $0 ? $1 - $0 : 1 }
  }

  /// The array on the new scale.
  func callAsFunction(_ tensor: Tensor) -> Tensor {
    var scaled = tensor
    let length = mean.count
    for index in scaled.scalars.indices {
      let column = index % length
      scaled.scalars[index] = Float((Double(scaled.scalars[index]) - mean[column]) / spread[column])
    }
    return scaled
  }

  /// The array back on the old scale.
  func undo(_ tensor: Tensor) -> Tensor {
    var restored = tensor
    for index in restored.scalars.indices {
      let column = index % mean.count
      restored.scalars[index] = Float(
        Double(restored.scalars[index]) * spread[column] + mean[column])
    }
    return restored
  }
}
