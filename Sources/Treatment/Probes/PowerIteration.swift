import Tensors

/// The largest eigenvalue of a symmetric matrix that is known only by its products.
enum PowerIteration {
  /// The relative change of the eigenvalue below which the iteration has settled.
  private static let tolerance = 1e-4
  /// So many products at most: the gap between the two largest eigenvalues decides how many are
  /// needed, and a factor of 1.1 is known after fifty to a per cent.
  private static let maximumSteps = 60

  /// The eigenvalue of largest magnitude; NaN if a product is not finite.
  ///
  /// - Parameters:
  ///   - count: The number of rows of the matrix.
  ///   - seed: The seed of the first direction.
  ///   - product: The product of the matrix with a vector.
  static func largestEigenvalue(
    count: Int, seed: UInt64, product: ([Float]) -> [Float]
  ) -> Double {
    guard count > 0 else { return 0 }
    var direction = RandomNumbers(seed: seed, purpose: .probing).normal(count)
    normalise(&direction)
    var eigenvalue = 0.0
    for _ in 0..<maximumSteps {
      var image = product(direction)
      guard image.allSatisfy(\.isFinite) else { return .nan }
      let quotient = zip(direction, image).map { Double($0) * Double($1) }.reduce(0, +)
      let isSettled = abs(quotient - eigenvalue) <= tolerance * abs(quotient)
      eigenvalue = quotient
      guard normalise(&image) > 0, !isSettled else { break }
      direction = image
    }
    return eigenvalue
  }

  @discardableResult
  private static func normalise(_ vector: inout [Float]) -> Double {
    let norm = vector.map { Double($0) * Double($0) }.reduce(0, +).squareRoot()
    guard norm > 0 else { return 0 }
    for index in vector.indices { vector[index] = Float(Double(vector[index]) / norm) }
    return norm
  }
}
