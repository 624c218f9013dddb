public import Graphs
public import Tensors

/// One use of a primitive operation, small enough to be checked by brute force.
public struct OperationExample: Sendable, CustomStringConvertible {
  /// What it shows.
  public let description: String
  /// The shape of each operand.
  public let shapes: [Shape]
  /// Where the elements of the operands are drawn from.
  public let range: ClosedRange<Float>
  /// Adds the operation to a graph.
  public let build: @Sendable (inout Graph, [Value]) -> Value

  init(
    _ description: String, _ shapes: [Shape], in range: ClosedRange<Float> = -2...2,
    build: @escaping @Sendable (inout Graph, [Value]) -> Value
  ) {
    self.description = description
    self.shapes = shapes
    self.range = range
    self.build = build
  }

  /// Elements for the operand with the given number.
  public func elements(_ operand: Int, seed: UInt64 = 1) -> [Float] {
    RandomNumbers(seed: seed, purpose: .probing, stream: operand).uniform(shapes[operand].count)
      .map { range.lowerBound + $0 * (range.upperBound - range.lowerBound) }
  }

  /// Every primitive operation, in every form that takes another way through differentiation or
  /// through a backend.
  public static let all: [OperationExample] =
    unary + binary + movement + reductions + products + convolutions + pooling + lookups + shared

  private static let unary: [OperationExample] = UnaryOperation.allCases.flatMap { function in
    let range: ClosedRange<Float> =
      switch function {
      case .squareRoot, .reciprocalSquareRoot, .reciprocal, .logarithm: 0.3...3
      case .logarithmOnePlus: -0.7...3
      default: -3...3
      }
    return [[7], [3, 21]].map { (shape: Shape) in
      OperationExample("\(function) of \(shape)", [shape], in: range) { $0.unary(function, $1[0]) }
    }
  }

  private static let binary: [OperationExample] = BinaryOperation.allCases.flatMap { function in
    let range: ClosedRange<Float> =
      switch function {
      case .divide, .power: 0.4...2.5
      default: -2...2
      }
    let pairs: [[Shape]] = [
      [[5], [5]], [[4, 9], [9]], [[4, 9], [4, 1]], [[4, 9], []], [[], [4, 9]], [[9], [4, 9]],
      [[4, 1], [1, 9]], [[2, 3, 4], [3, 1]], [[2, 1, 4], [2, 3, 1]],
    ]
    return pairs.map { shapes in
      OperationExample("\(function) of \(shapes[0]) and \(shapes[1])", shapes, in: range) {
        $0.binary(function, $1[0], $1[1])
      }
    } + [
      OperationExample("\(function) of (6,) with itself", [[6]], in: range) {
        $0.binary(function, $1[0], $1[0])
      }
    ]
  }

  private static let movement: [OperationExample] = [
    OperationExample("select", [[3, 5], [3, 5], [3, 5]]) {
      let condition = $0.binary(.greater, $1[0], $0.constant(0.25))
      return $0.select(condition, $1[1], $1[2])
    },
    OperationExample("select of broadcast operands", [[3, 1], [5], []]) {
      let condition = $0.binary(.greater, $1[0], $0.constant(0))
      return $0.select(condition, $1[1], $1[2])
    },
    OperationExample("broadcast of a column", [[4, 1]]) { $0.broadcast($1[0], to: [4, 6]) },
    OperationExample("broadcast of a scalar", [[]]) { $0.broadcast($1[0], to: [2, 3]) },
    OperationExample("broadcast in the middle", [[2, 1, 3]]) {
      $0.broadcast($1[0], to: [2, 4, 3])
    },
    OperationExample("reshape", [[4, 6]]) { $0.reshape($1[0], to: [2, 3, 4]) },
    OperationExample("transpose of a matrix", [[3, 5]]) { $0.transpose($1[0], [1, 0]) },
    OperationExample("transpose of three axes", [[2, 3, 4]]) { $0.transpose($1[0], [2, 0, 1]) },
    OperationExample("slice", [[5, 6]]) { $0.slice($1[0], starts: [1, 2], sizes: [3, 4]) },
    OperationExample("slice with strides", [[7, 6]]) {
      $0.slice($1[0], starts: [1, 0], sizes: [3, 2], strides: [2, 3])
    },
    OperationExample("pad", [[2, 3]]) { $0.pad($1[0], low: [1, 0], high: [2, 1]) },
    OperationExample("pad inside", [[3, 2]]) {
      $0.pad($1[0], low: [0, 1], high: [1, 0], interior: [2, 1])
    },
    OperationExample("concatenate rows", [[2, 3], [1, 3], [4, 3]]) {
      $0.concatenate($1, axis: 0)
    },
    OperationExample("concatenate columns", [[3, 2], [3, 5]]) { $0.concatenate($1, axis: -1) },
    // Of a piecewise constant, which has no gradient to stop: the differences must agree.
    OperationExample("stop the gradient", [[6]]) {
      $0.stopGradient($0.unary(.floor, $1[0]))
    },
    OperationExample("one-hot", [[5]], in: -1...4) {
      $0.oneHot($0.unary(.floor, $1[0]), classes: 3)
    },
  ]

  private static let reductions: [OperationExample] =
    Reduction.allCases.flatMap { reduction in
      let cases: [(Shape, [Int])] = [
        ([7], [0]), ([4, 19], [1]), ([19, 4], [0]), ([4, 19], [0, 1]), ([2, 3, 5], [1]),
        ([2, 3, 5], [0, 2]), ([2, 3, 5], [2]), ([2, 3, 5], [0, 1]), ([3, 1], [1]),
      ]
      return cases.map { shape, axes in
        OperationExample("\(reduction) of \(shape) along \(axes)", [shape]) {
          switch reduction {
          case .sum: $0.sum($1[0], axes: axes)
          case .maximum: $0.maximum($1[0], axes: axes)
          }
        }
      }
    } + [
      OperationExample("mean with kept axes", [[4, 5]]) {
        $0.mean($1[0], axes: [1], keepAxes: true)
      },
      OperationExample("argmax along the last axis", [[4, 5]]) { $0.argMax($1[0], axis: -1) },
      OperationExample("argmax along the first axis", [[4, 5]]) { $0.argMax($1[0], axis: 0) },
    ]

  private static let products: [OperationExample] = [false, true].flatMap { left in
    [false, true].flatMap { right in
      let sizes = [(1, 1, 1), (3, 4, 5), (1, 7, 2), (13, 9, 17), (4, 1, 16), (33, 20, 24)]
      let matrices = sizes.map { m, k, n in
        OperationExample(
          "\(m)×\(k)×\(n) matrix product, transposed: \(left), \(right)",
          [left ? [k, m] : [m, k], right ? [n, k] : [k, n]]
        ) { $0.matrixProduct($1[0], $1[1], transposeLeft: left, transposeRight: right) }
      }
      let batched = OperationExample(
        "batched matrix product, transposed: \(left), \(right)",
        [left ? [2, 3, 4, 2] : [2, 3, 2, 4], right ? [2, 3, 5, 4] : [2, 3, 4, 5]]
      ) { $0.matrixProduct($1[0], $1[1], transposeLeft: left, transposeRight: right) }
      return matrices + [batched]
    }
  }
}
