import Engine
import Graphs
import Tensors
import Testing

/// Recurrent cells with the projection of their inputs, as layers write it, against the same written out
/// step by step.
struct RecurrenceProjectionTests {
  /// Steps, rows, units and inputs.
  static let sizes: [[Int]] = [
    [1, 1, 1, 1], [3, 2, 4, 3], [5, 7, 16, 1], [4, 33, 20, 5], [2, 12, 70, 16], [7, 40, 64, 9],
    [3, 5, 130, 4], [2, 3, 160, 90],
  ]
  static let cells = Recurrence.allCases

  @Test(arguments: sizes, cells)
  func gradientsOfWeights(size: [Int], cell: Recurrence) throws {
    for hasBias in [false, true] {
      let one = trial(size, cell, hasBias: hasBias, of: [1, 2, 3, 5])
      try one.expectEqualToReference(tolerance: 1e-5, "bias: \(hasBias)")
    }
  }

  /// The flow itself is needed, too.
  @Test(arguments: sizes, cells)
  func gradientsOfAll(size: [Int], cell: Recurrence) throws {
    for hasBias in [false, true] {
      let one = trial(size, cell, hasBias: hasBias, of: [0, 1, 2, 3, 4, 5])
      try one.expectEqualToReference(tolerance: 1e-5, "bias: \(hasBias)")
    }
  }

  /// Some of what follows from the flow is not asked for.
  @Test(arguments: [[1], [2], [3], [0, 2], [2, 4], [5], [1, 5]], cells)
  func someGradients(wanted: [Int], cell: Recurrence) throws {
    try trial([4, 33, 20, 5], cell, hasBias: true, of: wanted)
      .expectEqualToReference(tolerance: 1e-5)
  }

  /// The projected inputs are read by others as well.
  @Test(arguments: cells) func projectedInputsWanted(cell: Recurrence) throws {
    let one = trial([4, 9, 20, 5], cell, hasBias: true, of: [0, 1, 2, 3], alsoWanted: true)
    try one.expectEqualToReference(tolerance: 1e-5)
  }

  /// Rows are computed, and gradients summed up, alike whatever the thread.
  @Test(arguments: [false, true], cells) func threads(hasBias: Bool, cell: Recurrence) throws {
    let one = trial([6, 70, 24, 10], cell, hasBias: hasBias, of: [0, 1, 2, 3, 5])
    let alone = try one.run(on: CPUBackend(threads: 1))
    #expect(try one.run(on: CPUBackend(threads: 3), times: 3).bits == alone.bits)
  }

  /// What is not a number stays.
  @Test(arguments: cells) func notANumber(cell: Recurrence) throws {
    var one = trial([3, 2, 5, 3], cell, hasBias: true, of: [1, 2, 3, 5])
    one.parameters[0].elements[4] = .nan
    one.parameters[0].elements[7] = .infinity
    try one.expectEqualToReference(tolerance: 1e-5)
  }

  /// Steps that do not count are fed to no gradient.
  @Test(arguments: sizes, cells) func masked(size: [Int], cell: Recurrence) throws {
    let one = trial(size, cell, hasBias: true, of: [0, 1, 2, 3, 4, 5], isMasked: true)
    try one.expectEqualToReference(tolerance: 1e-5)
  }

  /// - Parameter wanted: Of the inputs, their kernel, the kernel of the state, the bias, the initial
  ///   state and the state's bias.
  private func trial(
    _ size: [Int], _ cell: Recurrence, hasBias: Bool, of wanted: [Int], alsoWanted: Bool = false,
    isMasked: Bool = false
  ) -> Trial {
    let (steps, batch, units, inputs) = (size[0], size[1], size[2], size[3])
    let width = cell.gates * units
    let shapes: [Shape] = [
      [steps * batch, inputs], [inputs, width], [units, width], [width],
      [cell.stateCount, batch, units], [width],
    ]
    var graph = Graph()
    let x = shapes.enumerated().map { graph.parameter($0, shape: $1) }
    var projected = graph.matrixProduct(x[0], x[1])
    if hasBias { projected = graph.add(projected, x[3]) }
    let rows = graph.reshape(projected, to: [steps, batch, width])
    var counts: Value?
    if isMasked {
      let chances = graph.random(.uniform, shape: [steps, batch], stream: 1)
      counts = graph.binary(.greater, chances, graph.constant(0.4, shape: [steps, batch]))
    }
    let states = graph.recurrence(
      cell, rows, kernel: x[2], initial: x[4],
      stateBias: cell.hasStateBias && hasBias ? x[5] : nil, counts: counts)
    let picked = graph.slice(states, starts: [0, 1, 0, 0], sizes: [1, steps, batch, units])
    let weights = graph.random(.uniform, shape: graph.shape(picked), stream: 0)
    let loss = graph.sum(graph.multiply(picked, weights))
    let asked = wanted.filter {
      $0 < 3 || $0 == 4 || hasBias && ($0 == 3 || cell.hasStateBias)
    }
    let gradients = graph.gradients(of: loss, withRespectTo: asked.map { x[$0] })
    return Trial(
      program: Program(
        graph: graph, outputs: [picked] + (alsoWanted ? [projected] : []),
        gradients: Dictionary(uniqueKeysWithValues: zip(asked, gradients))),
      parameters: shapes.enumerated().map { number, shape in
        let elements = RandomNumbers(seed: 5, purpose: .probing, stream: number)
        let size: Float = [1, 2].contains(number) ? 1 / Float(shape[0]).squareRoot() : 1
        return (shape, elements.normal(shape.count).map { $0 * size })
      })
  }
}
