package import Tensors

// Distributions of initial weights.
extension RandomNumbers {
  /// Evenly spread over [low, high).
  package func uniform(_ shape: Shape, low: Double, high: Double) -> Tensor {
    let width = Float(high - low)
    return Tensor(
      shape: shape, scalars: uniform(shape.count).map { Float(low) + width * $0 })
  }

  /// Gaussian.
  package func normal(_ shape: Shape, mean: Double, standardDeviation: Double) -> Tensor {
    let spread = Float(standardDeviation)
    return Tensor(
      shape: shape, scalars: normal(shape.count).map { Float(mean) + spread * $0 })
  }

  /// Gaussian without what lies further than two standard deviations from the mean: those are
  /// drawn anew, from the following steps of the generator.
  package func truncatedNormal(
    _ shape: Shape, mean: Double, standardDeviation: Double
  ) -> Tensor {
    var numbers = normal(shape.count)
    var source = self
    var rejected = numbers.indices.filter { abs(numbers[$0]) > 2 }
    while !rejected.isEmpty {
      source = RandomNumbers(
        seed: seed, purpose: purpose, stream: stream, step: source.step + 1)
      for (index, number) in zip(rejected, source.normal(rejected.count)) {
        numbers[index] = number
      }
      rejected = rejected.filter { abs(numbers[$0]) > 2 }
    }
    let spread = Float(standardDeviation)
    return Tensor(shape: shape, scalars: numbers.map { Float(mean) + spread * $0 })
  }
}
