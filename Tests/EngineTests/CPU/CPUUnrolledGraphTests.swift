import Engine
import Graphs
import Tensors
import Testing

/// Recurrent networks unroll into graphs of thousands of operations: gradients flow back through
/// all steps, and arrays of the first step are still needed when the last gradient is computed.
struct CPUUnrolledGraphTests {
  /// Weights that several steps share, gates, and a state that is handed on.
  @Test(arguments: [3, 100])
  func equalsTheReference(steps: Int) throws {
    let (batch, inputs, units) = (2, 3, 4)
    var graph = Graph()
    let shapes: [Shape] = [[inputs, 4 * units], [units, 4 * units], [4 * units]]
    let weights = shapes.enumerated().map { graph.parameter($0, shape: $1) }
    let sequence = graph.input(0, shape: [batch, steps, inputs])
    var hidden = graph.constant(0, shape: [batch, units])
    var carry = hidden
    for step in 0..<steps {
      let slice = graph.slice(sequence, starts: [0, step, 0], sizes: [batch, 1, inputs])
      let x = graph.reshape(slice, to: [batch, inputs])
      let sum = graph.add(
        graph.matrixProduct(x, weights[0]), graph.matrixProduct(hidden, weights[1]))
      let all = graph.add(sum, weights[2])
      let parts = (0..<4).map {
        graph.slice(all, starts: [0, $0 * units], sizes: [batch, units])
      }
      let gates = parts.map { graph.unary(.sigmoid, $0) }
      let candidate = graph.unary(.hyperbolicTangent, parts[3])
      carry = graph.add(
        graph.multiply(gates[0], carry), graph.multiply(gates[1], candidate))
      hidden = graph.multiply(gates[2], graph.unary(.hyperbolicTangent, carry))
    }
    let loss = graph.mean(graph.unary(.square, hidden))
    let gradients = graph.gradients(of: loss, withRespectTo: weights)
    let numbers = RandomNumbers(seed: 6, purpose: .probing)
    let trial = Trial(
      program: Program(
        graph: graph, outputs: [hidden, loss],
        gradients: Dictionary(uniqueKeysWithValues: gradients.enumerated().map { ($0, $1) })),
      inputs: [numbers.normal(batch * steps * inputs)],
      parameters: shapes.enumerated().map { number, shape in
        let elements = RandomNumbers(seed: 6, purpose: .initialization, stream: number)
        return (shape, elements.normal(shape.count).map { $0 / 2 })
      })
    try trial.expectEqualToReference(tolerance: 1e-5)
  }
}
