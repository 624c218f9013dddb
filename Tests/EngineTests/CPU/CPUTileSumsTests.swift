import Engine
import Graphs
import Tensors
import Testing

/// Sums over all rows of what an element-wise chain makes are taken within the chain.
struct CPUTileSumsTests {
  /// Rows shorter and longer than a tile, whole vectors and not, one piece and several.
  static let shapes: [Shape] = [
    [100, 3, 64], [40, 30, 33], [9, 7, 300], [5, 1, 4001], [8200, 2], [60, 50, 40, 2],
  ]

  /// A normalization over all axes but the last: two sums forward, and those of the way back.
  private func trial(_ shape: Shape, input: [Float]) -> Trial {
    var graph = Graph()
    let (x, weight) = (graph.parameter(0, shape: shape), graph.parameter(1, shape: [shape[-1]]))
    let axes = Array(0..<shape.rank - 1)
    let mean = graph.mean(x, axes: axes, keepAxes: true)
    let deviation = graph.subtract(x, mean)
    let variance = graph.mean(graph.unary(.square, deviation), axes: axes, keepAxes: true)
    let scale = graph.unary(.reciprocalSquareRoot, graph.add(variance, 0.1))
    let result = graph.unary(
      .hyperbolicTangent, graph.multiply(graph.multiply(deviation, scale), weight))
    let loss = graph.mean(graph.unary(.square, result))
    let gradients = graph.gradients(of: loss, withRespectTo: [x, weight])
    // Nothing that is summed twice, and a sum of what has no rows of its own.
    let others = [
      graph.sum(graph.unary(.sigmoid, x), axes: axes),
      graph.sum(graph.multiply(graph.unary(.exponential, x), variance), axes: axes),
    ]
    return Trial(
      program: Program(
        graph: graph, outputs: [result, variance] + others,
        gradients: [0: gradients[0], 1: gradients[1]]),
      parameters: [
        (shape, input), ([shape[-1]], RandomNumbers(seed: 2, purpose: .probing).normal(shape[-1])),
      ])
  }

  private func numbers(_ shape: Shape) -> [Float] {
    RandomNumbers(seed: 3, purpose: .probing).normal(shape.count)
  }

  @Test(arguments: shapes)
  func sumsAreThoseOfTheDefinition(shape: Shape) throws {
    try trial(shape, input: numbers(shape)).expectEqualToReference(tolerance: 4e-6)
  }

  @Test(arguments: shapes)
  func anyNumberOfThreadsGivesTheSameBits(shape: Shape) throws {
    let trial = trial(shape, input: numbers(shape))
    let alone = try trial.run(on: CPUBackend())
    for threads in [2, 3] {
      #expect(try trial.run(on: CPUBackend(threads: threads), times: 3).bits == alone.bits)
    }
  }

  /// NaN and infinity reach the sums of their own column, and no other.
  @Test(arguments: [Float.nan, .infinity])
  func extremesStayInTheirColumn(number: Float) throws {
    let shape: Shape = [300, 66]
    var graph = Graph()
    let x = graph.input(0, shape: shape)
    let sums = graph.sum(graph.unary(.square, x), axes: [0])
    var input = numbers(shape)
    input[66 * 123 + 65] = number
    let trial = Trial(program: Program(graph: graph, outputs: [sums]), inputs: [input])
    for kernels in CPUBackend.Kernels.allCases {
      let found = try trial.run(on: CPUBackend(threads: 1, kernels: kernels)).outputs[0]
      #expect(found.dropLast().allSatisfy(\.isFinite) && !(found.last?.isFinite ?? true))
    }
  }
}
