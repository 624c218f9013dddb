import Engine
import Graphs
import Tensors
import TestSupport
import Testing

/// The processor's backend against the reference, over the whole catalogue of operations.
struct CPUCatalogueTests {
  @Test(arguments: OperationExample.all)
  func resultAndGradients(example: OperationExample) throws {
    var graph = Graph()
    let parameters = example.shapes.enumerated().map { graph.parameter($0, shape: $1) }
    let result = example.build(&graph, parameters)
    let weights = graph.random(.uniform, shape: graph.shape(result), stream: 0)
    let loss = graph.sum(graph.multiply(result, weights))
    let gradients = graph.gradients(of: loss, withRespectTo: parameters)
    let numbered = Dictionary(uniqueKeysWithValues: gradients.enumerated().map { ($0, $1) })
    let trial = Trial(
      program: Program(graph: graph, outputs: [result, loss], gradients: numbered),
      parameters: example.shapes.enumerated().map { ($1, example.elements($0)) })
    try trial.expectEqualToReference(tolerance: 4e-6)
  }

  /// Long enough for whole vectors, several tiles, and what is left over.
  @Test(arguments: UnaryOperation.allCases, [1, 8, 1023, 2500])
  func functionsOfAnyLength(function: UnaryOperation, count: Int) throws {
    var graph = Graph()
    let result = graph.unary(function, graph.input(0, shape: [count]))
    let random = RandomNumbers(seed: 1, purpose: .probing).uniform(count)
    let range: (Float, Float) =
      switch function {
      case .squareRoot, .reciprocalSquareRoot, .logarithm: (0.01, 30)
      case .reciprocal: (0.5, 9)
      case .logarithmOnePlus: (-0.9, 30)
      default: (-12, 12)
      }
    let trial = Trial(
      program: Program(graph: graph, outputs: [result]),
      inputs: [random.map { range.0 + $0 * (range.1 - range.0) }])
    try trial.expectEqualToReference(tolerance: 1e-6)
  }

  @Test(arguments: [[3, 5], [40, 10], [5, 300], [3, 2100], [1, 1], [1, 7], [7, 1]])
  func rowsAndColumnsOfAnyLength(extents: [Int]) throws {
    let (rows, columns) = (extents[0], extents[1])
    var graph = Graph()
    let full = graph.input(0, shape: [rows, columns])
    let row = graph.input(1, shape: [columns])
    let column = graph.input(2, shape: [rows, 1])
    let scalar = graph.input(3, shape: [])
    var value = graph.unary(.hyperbolicTangent, graph.add(full, row))
    value = graph.multiply(graph.subtract(value, column), scalar)
    let centered = graph.subtract(value, graph.mean(value, axes: [1], keepAxes: true))
    let scaled = graph.divide(
      centered, graph.add(graph.unary(.absolute, graph.mean(value, axes: [0])), 1))
    let numbers = RandomNumbers(seed: 4, purpose: .probing)
    let trial = Trial(
      program: Program(graph: graph, outputs: [value, scaled]),
      inputs: [rows * columns, columns, rows, 1].map { numbers.normal($0) })
    try trial.expectEqualToReference()
  }
}
