import Engine
import Graphs
import Tensors
import Testing

/// Long short-term memory with the projection of its inputs, as layers write it, against the same
/// written out step by step.
struct LSTMProjectionTests {
  /// Steps, rows, units and inputs.
  static let sizes: [[Int]] = [
    [1, 1, 1, 1], [3, 2, 4, 3], [5, 7, 16, 1], [4, 33, 20, 5], [2, 12, 70, 16], [7, 40, 64, 9],
    [3, 5, 130, 4], [2, 3, 160, 90],
  ]

  @Test(arguments: sizes, [false, true])
  func gradientsOfWeights(size: [Int], hasBias: Bool) throws {
    let one = trial(size, hasBias: hasBias, of: [1, 2, 3])
    try one.expectEqualToReference(tolerance: 1e-5)
  }

  /// The flow itself is needed, too.
  @Test(arguments: sizes, [false, true])
  func gradientsOfAll(size: [Int], hasBias: Bool) throws {
    let one = trial(size, hasBias: hasBias, of: [0, 1, 2, 3, 4])
    try one.expectEqualToReference(tolerance: 1e-5)
  }

  /// Some of what follows from the flow is not asked for.
  @Test(arguments: [[1], [2], [3], [0, 2], [2, 4]])
  func someGradients(wanted: [Int]) throws {
    try trial([4, 33, 20, 5], hasBias: true, of: wanted).expectEqualToReference(tolerance: 1e-5)
  }

  /// The projected inputs are read by others as well.
  @Test func projectedInputsWanted() throws {
    let one = trial([4, 9, 20, 5], hasBias: true, of: [0, 1, 2, 3], alsoWanted: true)
    try one.expectEqualToReference(tolerance: 1e-5)
  }

  /// Rows are computed, and gradients summed up, alike whatever the thread.
  @Test(arguments: [false, true]) func threads(hasBias: Bool) throws {
    let one = trial([6, 70, 24, 10], hasBias: hasBias, of: [0, 1, 2, 3])
    let alone = try one.run(on: CPUBackend(threads: 1))
    #expect(try one.run(on: CPUBackend(threads: 3), times: 3).bits == alone.bits)
  }

  /// What is not a number stays.
  @Test func notANumber() throws {
    var one = trial([3, 2, 5, 3], hasBias: true, of: [1, 2, 3])
    one.parameters[0].elements[4] = .nan
    one.parameters[0].elements[13] = .infinity
    try one.expectEqualToReference(tolerance: 1e-5)
  }

  private func trial(
    _ size: [Int], hasBias: Bool, of wanted: [Int], alsoWanted: Bool = false
  ) -> Trial {
    let (steps, batch, units, inputs) = (size[0], size[1], size[2], size[3])
    let shapes: [Shape] = [
      [steps * batch, inputs], [inputs, 4 * units], [units, 4 * units], [4 * units],
      [2, batch, units],
    ]
    var graph = Graph()
    let x = shapes.enumerated().map { graph.parameter($0, shape: $1) }
    var projected = graph.matrixProduct(x[0], x[1])
    if hasBias { projected = graph.add(projected, x[3]) }
    let rows = graph.reshape(projected, to: [steps, batch, 4 * units])
    let states = graph.lstm(rows, kernel: x[2], initial: x[4])
    let picked = graph.slice(states, starts: [0, 1, 0, 0], sizes: [1, steps, batch, units])
    let weights = graph.random(.uniform, shape: graph.shape(picked), stream: 0)
    let loss = graph.sum(graph.multiply(picked, weights))
    let asked = wanted.filter { hasBias || $0 != 3 }
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
