import Engine
import JSON
import Networks

/// Newton and Schulz' iteration X ← aX + (bXXᵀ + c(XXᵀ)²)X, which brings the singular values of a matrix
/// near 1: near enough for the steps of ``Muon`` after five rounds.
package struct OrthogonalIteration: Sendable {
  /// Against a division by 0, as in Keras.
  private static let leastNorm: Float = 1e-7
  let a: Double
  let b: Double
  let c: Double
  let rounds: Int

  /// Reads the arguments.
  init(_ configuration: Configuration) throws {
    a = try configuration.double("muon_a", default: 3.4445)
    b = try configuration.double("muon_b", default: -4.775)
    c = try configuration.double("muon_c", default: 2.0315)
    rounds = try configuration.int("ns_steps", default: 5)
    guard rounds >= 0 else {
      throw configuration.error("ns_steps", found: .int(rounds), expected: "0 or more")
    }
  }

  /// Writes the arguments that are not Keras' defaults.
  func write(to result: inout JSONObject) {
    result.set("muon_a", a, default: 3.4445)
    result.set("muon_b", b, default: -4.775)
    result.set("muon_c", c, default: 2.0315)
    result.set("ns_steps", rounds, default: 5)
  }

  /// The matrix, given row by row, with singular values near 1.
  func orthogonal(_ matrix: [Float], rows: Int, columns: Int) -> [Float] {
    // On its side, so that XXᵀ is the smaller of the two products.
    if rows > columns {
      let turned = transposed(matrix, rows: rows, columns: columns)
      let found = orthogonal(turned, rows: columns, columns: rows)
      return transposed(found, rows: columns, columns: rows)
    }
    let norm = Float(OptimizerKernels.sumOfSquares(matrix, count: matrix.count).squareRoot())
    var x = matrix.map { $0 / (norm + Self.leastNorm) }
    let (a, b, c) = (Float(a), Float(b), Float(c))
    for _ in 0..<rounds {
      let gram = OptimizerKernels.product(
        x, x, rows: rows, inner: columns, columns: rows, transposesRight: true)
      let square = OptimizerKernels.product(gram, gram, rows: rows, inner: rows, columns: rows)
      let both = zip(gram, square).map { b * $0 + c * $1 }
      let rest = OptimizerKernels.product(both, x, rows: rows, inner: rows, columns: columns)
      x = zip(x, rest).map { a * $0 + $1 }
    }
    return x
  }

  private func transposed(_ matrix: [Float], rows: Int, columns: Int) -> [Float] {
    var result = [Float](repeating: 0, count: matrix.count)
    for row in 0..<rows {
      for column in 0..<columns {
        result[column * rows + row] = matrix[row * columns + column]
      }
    }
    return result
  }
}
