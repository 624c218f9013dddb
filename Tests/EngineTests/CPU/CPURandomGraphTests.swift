import Engine
import Graphs
import Tensors
import Testing

/// Graphs put together at random, to meet what nobody thought of: fusions that would wait for each
/// other, memory given away too early, layouts that do not fit together.
struct CPURandomGraphTests {
  @Test(arguments: 0..<150)
  func equalsTheReference(seed: Int) throws {
    var maker = GraphMaker(seed: UInt64(seed))
    try maker.trial(operations: 10 + seed % 50).expectEqualToReference(tolerance: 1e-5)
  }
}

/// Draws operations, sizes and operands from a seed.
private struct GraphMaker {
  private var graph = Graph()
  private var values: [Value] = []
  private var draws: [UInt32]
  private let numbers: RandomNumbers

  init(seed: UInt64) {
    numbers = RandomNumbers(seed: seed, purpose: .probing)
    draws = numbers.words(4000)
  }

  private mutating func draw(_ count: Int) -> Int { Int(draws.removeLast()) % count }

  mutating func trial(operations: Int) -> Trial {
    let extents = [1, 2, 3, 5, 8, 17, 31]
    let (rows, columns) = (extents[draw(7)], extents[draw(7)])
    let shapes: [Shape] = [
      [rows, columns], [columns], [rows, 1], [columns, rows], [], [rows, columns],
    ]
    for (number, shape) in shapes.enumerated() {
      values.append(graph.parameter(number, shape: shape))
    }
    for stream in 0..<2 {
      values.append(graph.random(.normal, shape: shapes[stream], stream: stream))
    }
    for _ in 0..<operations { addOperation() }

    // The later half is wanted in part: as outputs, and in the loss.
    var loss = graph.constant(0)
    var outputs: [Value] = []
    for value in values.suffix(values.count / 2) where draw(3) == 0 {
      outputs.append(value)
      loss = graph.add(loss, graph.mean(graph.unary(.hyperbolicTangent, value)))
    }
    let leaves = shapes.indices.map { graph.parameter($0, shape: shapes[$0]) }
    let gradients = graph.gradients(of: loss, withRespectTo: leaves)
    return Trial(
      program: Program(
        graph: graph, outputs: outputs + [loss],
        gradients: Dictionary(uniqueKeysWithValues: gradients.enumerated().map { ($0, $1) })),
      parameters: shapes.enumerated().map { number, shape in
        let elements = RandomNumbers(seed: numbers.seed, purpose: .initialization, stream: number)
        return (shape, elements.normal(shape.count))
      })
  }

  private mutating func addOperation() {
    let a = values[draw(values.count)]
    let b = values[draw(values.count)]
    let c = values[draw(values.count)]
    let shape = graph.shape(a)
    switch draw(12) {
    case 0...2:
      // Bounded functions, or ones that grow slowly: values stay of the size of 1.
      let functions: [UnaryOperation] = [
        .hyperbolicTangent, .sigmoid, .relu, .absolute, .negate, .softplus, .errorFunction, .sine,
      ]
      values.append(graph.unary(functions[draw(functions.count)], a))
    case 3...5:
      guard let both = common(a, b), both.count < 4000 else { return }
      let functions: [BinaryOperation] = [.add, .subtract, .maximum, .minimum, .multiply]
      let result = graph.binary(functions[draw(functions.count)], a, b)
      values.append(graph.unary(.hyperbolicTangent, result))
    case 6:
      guard let both = common(a, b) else { return }
      let whole = graph.broadcast(a, to: both)
      guard common(c, whole) == both else { return }
      let condition = graph.binary(.greater, a, graph.constant(0.1))
      values.append(graph.select(condition, b, graph.broadcast(c, to: both)))
    case 7:
      guard shape.rank > 0 else { return }
      let axis = draw(shape.rank)
      values.append(
        draw(2) == 0
          ? graph.mean(a, axes: [axis], keepAxes: draw(2) == 0)
          : graph.maximum(a, axes: [axis], keepAxes: draw(2) == 0))
    case 8:
      guard shape.rank == 2 else { return }
      values.append(graph.transpose(a, [1, 0]))
    case 9:
      guard shape.rank == 2, graph.shape(b).rank == 2 else { return }
      let right = graph.shape(b)
      let scale = 1 / Double(shape[1]).squareRoot()
      if shape[1] == right[0] {
        values.append(graph.scale(graph.matrixProduct(a, b), by: scale))
      } else if shape[1] == right[1] {
        values.append(graph.scale(graph.matrixProduct(a, b, transposeRight: true), by: scale))
      }
    case 10:
      guard shape.rank == 2 else { return }
      values.append(graph.reshape(a, to: draw(2) == 0 ? [shape.count] : [shape[1], shape[0]]))
    default:
      guard shape.rank == 2, shape[0] > 1 else { return }
      let half = graph.slice(a, starts: [1, 0], sizes: [shape[0] - 1, shape[1]])
      values.append(draw(2) == 0 ? half : graph.concatenate([half, a], axis: 0))
    }
  }

  /// The shape that two values take together, if they do.
  private func common(_ a: Value, _ b: Value) -> Shape? {
    let (left, right) = (graph.shape(a).extents, graph.shape(b).extents)
    let fits = zip(left.reversed(), right.reversed()).allSatisfy { $0 == $1 || $0 == 1 || $1 == 1 }
    guard fits else { return nil }
    let count = max(left.count, right.count)
    let padded = [left, right].map { [Int](repeating: 1, count: count - $0.count) + $0 }
    return Shape(zip(padded[0], padded[1]).map(max))
  }
}
