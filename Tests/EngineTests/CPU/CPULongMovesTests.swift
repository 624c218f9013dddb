import Engine
import Graphs
import Tensors
import Testing

/// Long copies and lookups: the reference's results, and the same bits whatever the number of
/// threads.
struct CPULongMovesTests {
  @Test func lookups() throws {
    let (rows, width, count) = (3000, 30, 2400)
    var graph = Graph()
    let table = graph.parameter(0, shape: [rows, width])
    let numbers = graph.input(0, shape: [count])
    let found = graph.gather(table, at: numbers)
    let loss = graph.mean(graph.unary(.square, found))
    let slope = graph.gradients(of: loss, withRespectTo: [table])[0]
    // A quarter of the rows, so that most are named several times; and some that do not exist.
    let random = RandomNumbers(seed: 2, purpose: .probing).uniform(count)
    try expectAlike(
      Trial(
        program: Program(graph: graph, outputs: [found], gradients: [0: slope]),
        inputs: [random.map { ($0 * Float(rows) / 4).rounded(.down) - 5 }],
        parameters: [
          ([rows, width], RandomNumbers(seed: 1, purpose: .probing).normal(rows * width))
        ]
      ))
  }

  /// Sums of rows: of a table in one part and in several, of few rows and of many, whole vectors wide
  /// and not, some by numbers that name no row.
  @Test(arguments: [
    [300, 70, 40, 25], [17_000, 64, 37, 40], [40_100, 30, 9, 33], [17_000, 64, 800, 2],
  ])
  func sumsOfRows(_ extents: [Int]) throws {
    let (rows, width, results, summed) = (extents[0], extents[1], extents[2], extents[3])
    var graph = Graph()
    let table = graph.parameter(0, shape: [rows, width])
    let numbers = graph.input(0, shape: [results, summed])
    let sums = graph.sum(graph.gather(table, at: numbers), axes: [1])
    var random = RandomNumbers(seed: 2, purpose: .probing).uniform(results * summed)
      .map { ($0 * Float(rows)).rounded(.down) - 5 }
    random[3 * summed] = Float(rows)
    random[4 * summed] = .nan
    let values = RandomNumbers(seed: 1, purpose: .probing).normal(rows * width)
    try expectAlike(
      Trial(
        program: Program(graph: graph, outputs: [sums]), inputs: [random],
        parameters: [([rows, width], values)]))
  }

  @Test func copies() throws {
    var graph = Graph()
    let x = graph.input(0, shape: [70, 41, 50])
    let row = graph.input(1, shape: [70, 1, 50])
    let results = [
      graph.transpose(x, [2, 0, 1]), graph.reversed(x, axes: [0, 2]),
      graph.concatenate([x, graph.broadcast(row, to: [70, 41, 50])], axis: 1),
      graph.pad(x, low: [1, 0, 2], high: [0, 3, 0]),
    ]
    let numbers = RandomNumbers(seed: 3, purpose: .probing)
    try expectAlike(
      Trial(
        program: Program(graph: graph, outputs: results),
        inputs: [70 * 41 * 50, 70 * 50].map { numbers.normal($0) }))
  }

  private func expectAlike(_ trial: Trial) throws {
    try trial.expectEqualToReference()
    let alone = try trial.run(on: CPUBackend(threads: 1))
    #expect(try trial.run(on: CPUBackend(threads: 3), times: 3).bits == alone.bits)
  }
}
