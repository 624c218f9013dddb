package import JSON
package import Tensors

/// A random matrix with orthonormal rows or columns, times `gain` (Saxe et al. 2014).
///
/// All axes but the last are flattened into rows. The orthonormal basis comes from Gram and
/// Schmidt's method, applied twice in double precision, which is exact to rounding and gives the
/// factor of the QR decomposition whose triangle has a positive diagonal, as Keras wants it.
package struct Orthogonal: Initializer {
  package static let className = "Orthogonal"
  package static let names = ["orthogonal", "OrthogonalInitializer"]
  package let gain: Double
  package let seed: Int?

  package init(configuration: Configuration) throws {
    gain = try configuration.double("gain", default: 1)
    seed = configuration.value("seed")?.int
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("gain", gain, default: 1)
    if let seed { result["seed"] = .int(seed) }
    return result
  }

  package func values(for shape: Shape, random: RandomNumbers) throws -> Tensor {
    guard shape.rank >= 2 else {
      throw ShapeError(
        subject: "initializer Orthogonal", found: "\(shape)", expected: "at least two axes")
    }
    let columns = shape[-1]
    let rows = shape.extents.dropLast().reduce(1, *)
    let (length, count) = (max(rows, columns), min(rows, columns))
    let basis = Self.orthonormal(random.normal(length * count), length: length, count: count)
    var result = Tensor(repeating: 0, shape: shape)
    for vector in 0..<count {
      for position in 0..<length {
        let index =
          rows >= columns ? position * columns + vector : vector * columns + position
        result.scalars[index] = Float(gain * basis[vector][position])
      }
    }
    return result
  }

  /// `count` orthonormal vectors that span what the columns of a random matrix span.
  private static func orthonormal(
    _ numbers: [Float], length: Int, count: Int
  ) -> [[Double]] {
    var basis: [[Double]] = []
    for column in 0..<count {
      var vector = (0..<length).map { Double(numbers[$0 * count + column]) }
      for _ in 0..<2 {
        for other in basis {
          var product = 0.0
          for index in 0..<length { product += vector[index] * other[index] }
          for index in 0..<length { vector[index] -= product * other[index] }
        }
      }
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      basis.append(vector.map { $0 / norm })
    }
    return basis
  }
}
