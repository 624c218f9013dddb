import Engine
import Graphs
import Tensors
import Testing

/// Recurrent cells as one operation, against the same written out step by step: the reference knows only
/// the latter.
struct RecurrenceTests {
  /// Fewer and more units than a vector holds, rows of a block, and rows of a piece.
  static let sizes: [[Int]] = [
    [1, 1, 1], [3, 2, 4], [5, 7, 16], [4, 33, 20], [2, 12, 70], [7, 40, 64], [3, 5, 130],
  ]
  static let cells = Recurrence.allCases

  @Test(arguments: sizes, cells)
  func lastOutput(size: [Int], cell: Recurrence) throws {
    try trial(size, cell) { graph, states in
      graph.slice(
        states, starts: [0, size[0], 0, 0], sizes: [1, 1, size[1], size[2]])
    }.expectEqualToReference(tolerance: 1e-5)
  }

  @Test(arguments: sizes, cells)
  func allOutputs(size: [Int], cell: Recurrence) throws {
    try trial(size, cell) { graph, states in
      graph.slice(states, starts: [0, 1, 0, 0], sizes: [1] + size)
    }.expectEqualToReference(tolerance: 1e-5)
  }

  @Test(arguments: sizes, cells)
  func allStates(size: [Int], cell: Recurrence) throws {
    try trial(size, cell) { graph, states in states }.expectEqualToReference(tolerance: 1e-5)
  }

  @Test(arguments: sizes, cells)
  func lastOfEach(size: [Int], cell: Recurrence) throws {
    try trial(size, cell) { graph, states in
      graph.slice(
        states, starts: [cell.stateCount - 1, size[0], 0, 0], sizes: [1, 1, size[1], size[2]])
    }.expectEqualToReference(tolerance: 1e-5)
  }

  /// The second derivative goes by way of the written steps.
  @Test(arguments: cells, [false, true])
  func curvature(cell: Recurrence, isMasked: Bool) throws {
    var one = trial([3, 2, 5], cell, isMasked: isMasked) { graph, states in states }
    var graph = one.program.graph
    let parameters = graph.nodes.indices.map { Value(index: $0) }.filter {
      if case .parameter = graph.operation($0) { true } else { false }
    }
    var along = graph.constant(0)
    for (_, slope) in one.program.gradients.sorted(by: { $0.key < $1.key }) {
      along = graph.add(along, graph.sum(graph.unary(.square, slope)))
    }
    let second = graph.gradients(of: along, withRespectTo: parameters)
    one.program = Program(graph: graph, outputs: second)
    try one.expectEqualToReference(tolerance: 1e-5)
  }

  /// Rows are computed alike whatever the thread.
  @Test(arguments: cells, [false, true])
  func threads(cell: Recurrence, isMasked: Bool) throws {
    let one = trial([6, 70, 24], cell, isMasked: isMasked) { graph, states in states }
    let alone = try one.run(on: CPUBackend(threads: 1))
    #expect(try one.run(on: CPUBackend(threads: 3), times: 3).bits == alone.bits)
  }

  /// What is not a number stays.
  @Test(arguments: cells) func notANumber(cell: Recurrence) throws {
    var one = trial([3, 2, 5], cell) { graph, states in states }
    one.parameters[0].elements[4] = .nan
    one.parameters[0].elements[9] = .infinity
    try one.expectEqualToReference(tolerance: 1e-5)
  }

  /// Steps that do not count leave the state as it was, and what flows back to it.
  @Test(arguments: sizes, cells)
  func masked(size: [Int], cell: Recurrence) throws {
    try trial(size, cell, isMasked: true) { graph, states in states }
      .expectEqualToReference(tolerance: 1e-5)
  }

  @Test(arguments: cells)
  func maskedLastOutput(cell: Recurrence) throws {
    try trial([7, 40, 64], cell, isMasked: true) { graph, states in
      graph.slice(states, starts: [0, 7, 0, 0], sizes: [1, 1, 40, 64])
    }.expectEqualToReference(tolerance: 1e-5)
  }

  private func trial(
    _ size: [Int], _ cell: Recurrence, isMasked: Bool = false,
    _ pick: (inout Graph, Value) -> Value
  ) -> Trial {
    let (steps, batch, units) = (size[0], size[1], size[2])
    let width = cell.gates * units
    var shapes: [Shape] = [
      [steps, batch, width], [units, width], [cell.stateCount, batch, units],
    ]
    if cell.hasStateBias { shapes.append([width]) }
    var graph = Graph()
    let x = shapes.enumerated().map { graph.parameter($0, shape: $1) }
    var counts: Value?
    if isMasked {
      let chances = graph.random(.uniform, shape: [steps, batch], stream: 1)
      counts = graph.binary(.greater, chances, graph.constant(0.4, shape: [steps, batch]))
    }
    let states = graph.recurrence(
      cell, x[0], kernel: x[1], initial: x[2], stateBias: cell.hasStateBias ? x[3] : nil,
      counts: counts)
    let picked = pick(&graph, states)
    let weights = graph.random(.uniform, shape: graph.shape(picked), stream: 0)
    let loss = graph.sum(graph.multiply(picked, weights))
    let gradients = graph.gradients(of: loss, withRespectTo: x)
    return Trial(
      program: Program(
        graph: graph, outputs: [picked],
        gradients: Dictionary(uniqueKeysWithValues: gradients.enumerated().map { ($0, $1) })),
      parameters: shapes.enumerated().map { number, shape in
        let elements = RandomNumbers(seed: 3, purpose: .probing, stream: number)
        let size: Float = number == 1 ? 1 / Float(units).squareRoot() : 1
        return (shape, elements.normal(shape.count).map { $0 * size })
      })
  }
}
