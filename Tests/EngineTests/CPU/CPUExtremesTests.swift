import Engine
import Graphs
import Tensors
import Testing

/// NaN, infinities, zeros and the smallest numbers go through every operation as they should: a
/// diagnosis follows them back to where they arose.
struct CPUExtremesTests {
  private static let extremes: [Float] = [
    0, -0.0, 1, -1, .infinity, -.infinity, .nan, .greatestFiniteMagnitude,
    -.greatestFiniteMagnitude, .leastNormalMagnitude, .leastNonzeroMagnitude * 700,
    -.leastNonzeroMagnitude * 700, 88.5, 89, -87, -88.5, -103,
    -110, 1e-8, -1e-8, 20, -20, 0.5, 2, 3e7,
  ]

  @Test(arguments: UnaryOperation.allCases, CPUBackend.Kernels.allCases)
  func functionsOfOneNumber(function: UnaryOperation, kernels: CPUBackend.Kernels) throws {
    var graph = Graph()
    let values = Self.extremes.filter { number in
      // The library reduces huge angles in its own way; only that they stay finite matters.
      ![.sine, .cosine].contains(function) || abs(number) < 1e6 || !number.isFinite
    }
    let result = graph.unary(function, graph.input(0, shape: [values.count]))
    let trial = Trial(program: Program(graph: graph, outputs: [result]), inputs: [values])
    let expected = try trial.run(on: ReferenceBackend()).outputs[0]
    let found = try trial.run(on: CPUBackend(threads: 1, kernels: kernels)).outputs[0]
    for (place, number) in values.enumerated() {
      let (right, mine) = (expected[place], found[place])
      let isSame =
        right == mine || (right.isNaN && mine.isNaN)
        || abs(right - mine) <= max(2e-6 * abs(right), 2e-38)
      #expect(isSame, "\(function)(\(number)) = \(mine), not \(right)")
    }
  }

  @Test(arguments: BinaryOperation.allCases, CPUBackend.Kernels.allCases)
  func functionsOfTwoNumbers(function: BinaryOperation, kernels: CPUBackend.Kernels) throws {
    var graph = Graph()
    let count = Self.extremes.count
    let left = graph.input(0, shape: [count, 1])
    let right = graph.input(1, shape: [count])
    let result = graph.binary(function, left, right)
    let trial = Trial(
      program: Program(graph: graph, outputs: [result]), inputs: [Self.extremes, Self.extremes])
    let expected = try trial.run(on: ReferenceBackend()).outputs[0]
    let found = try trial.run(on: CPUBackend(threads: 1, kernels: kernels)).outputs[0]
    for (place, (right, mine)) in zip(expected, found).enumerated() {
      let (a, b) = (Self.extremes[place / count], Self.extremes[place % count])
      let isSame =
        right == mine || (right.isNaN && mine.isNaN)
        || abs(right - mine) <= max(2e-6 * abs(right), 2e-38)
      #expect(isSame, "\(function)(\(a), \(b)) = \(mine), not \(right)")
    }
  }

  @Test(arguments: [3, 8, 70])
  func oneNaNTaintsWhatItReaches(count: Int) throws {
    for place in 0..<count {
      var elements = [Float](repeating: 1, count: count * 2)
      elements[place] = .nan
      var graph = Graph()
      let x = graph.input(0, shape: [2, count])
      let outputs = [
        graph.maximum(x, axes: [1]), graph.sum(x, axes: [1]), graph.maximum(x, axes: [0]),
        graph.matrixProduct(x, graph.constant(1, shape: [count, 20])),
        graph.unary(.relu, x), graph.maximum(x, 0), graph.minimum(x, 3),
        graph.argMax(x, axis: 1), graph.scale(x, by: 0),
      ]
      let trial = Trial(program: Program(graph: graph, outputs: outputs), inputs: [elements])
      try trial.expectEqualToReference("NaN at \(place)")
    }
  }
}
