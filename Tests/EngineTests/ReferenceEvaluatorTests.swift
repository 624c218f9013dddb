import Engine
import Graphs
import Tensors
import Testing

/// The reference against results worked out by hand: everything else is measured by it.
struct ReferenceEvaluatorTests {
  private func evaluate(
    _ inputs: [[Double]], shapes: [Shape], _ build: (inout Graph, [Value]) -> Value
  ) -> [Double] {
    var graph = Graph()
    let values = shapes.enumerated().map { graph.input($0, shape: $1) }
    let result = build(&graph, values)
    return ReferenceEvaluator().evaluate(
      Program(graph: graph, outputs: [result]), inputs: inputs, parameters: []
    ).outputs[0]
  }

  @Test func movement() {
    let matrix: [Double] = [1, 2, 3, 4, 5, 6]
    #expect(
      evaluate([matrix], shapes: [[2, 3]]) { $0.transpose($1[0], [1, 0]) }
        == [1, 4, 2, 5, 3, 6])
    #expect(
      evaluate([matrix], shapes: [[2, 3]]) {
        $0.slice($1[0], starts: [0, 0], sizes: [2, 2], strides: [1, 2])
      } == [1, 3, 4, 6])
    #expect(
      evaluate([[1, 2]], shapes: [[2]]) { $0.pad($1[0], low: [1], high: [0], interior: [1]) }
        == [0, 1, 0, 2])
    #expect(
      evaluate([matrix, [7, 8]], shapes: [[2, 3], [2, 1]]) { $0.concatenate($1, axis: 1) }
        == [1, 2, 3, 7, 4, 5, 6, 8])
    #expect(
      evaluate([[1, 2]], shapes: [[2, 1]]) { $0.broadcast($1[0], to: [2, 2]) }
        == [1, 1, 2, 2])
  }

  @Test func reductions() {
    let matrix: [Double] = [1, 5, 3, 4, 2, 6]
    #expect(evaluate([matrix], shapes: [[2, 3]]) { $0.sum($1[0], axes: [0]) } == [5, 7, 9])
    #expect(evaluate([matrix], shapes: [[2, 3]]) { $0.maximum($1[0], axes: [1]) } == [5, 6])
    #expect(evaluate([matrix], shapes: [[2, 3]]) { $0.argMax($1[0], axis: 1) } == [1, 2])
    #expect(evaluate([[2, 2]], shapes: [[2]]) { $0.argMax($1[0], axis: 0) } == [0])
    #expect(evaluate([[1, .nan]], shapes: [[2]]) { $0.maximum($1[0]) }[0].isNaN)
  }

  @Test func products() {
    let expected: [Double] = [58, 64, 139, 154]
    let left: [Double] = [1, 2, 3, 4, 5, 6]
    let right: [Double] = [7, 8, 9, 10, 11, 12]
    #expect(
      evaluate([left, right], shapes: [[2, 3], [3, 2]]) { $0.matrixProduct($1[0], $1[1]) }
        == expected)
    #expect(
      evaluate([left, right], shapes: [[2, 3], [3, 2]]) {
        let (a, b) = ($0.transpose($1[0], [1, 0]), $0.transpose($1[1], [1, 0]))
        return $0.matrixProduct(a, b, transposeLeft: true, transposeRight: true)
      } == expected)
    #expect(
      evaluate([[1, 3]], shapes: [[2]]) { $0.oneHot($1[0], classes: 3) }
        == [0, 1, 0, 0, 0, 0])
  }

  @Test func singlePrecisionOverflows() {
    var graph = Graph()
    let result = graph.unary(.exponential, graph.input(0, shape: [1]))
    let program = Program(graph: graph, outputs: [result])
    let single = ReferenceEvaluator(precision: .single)
    #expect(single.evaluate(program, inputs: [[89]], parameters: []).outputs[0] == [.infinity])
    #expect(
      ReferenceEvaluator().evaluate(program, inputs: [[89]], parameters: []).outputs[0][0].isFinite)
  }

  @Test func updatesTakeEffectAfterEverythingElse() {
    var graph = Graph()
    let weight = graph.parameter(0, shape: [2])
    let moved = graph.add(weight, 1)
    let program = Program(graph: graph, outputs: [weight], updates: [0: moved])
    let executable = ReferenceBackend().compile(
      program, layout: ParameterLayout([(shape: [2], isTrainable: false)]))
    var arena: [Float] = [5, 6]
    arena.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      executable.run(parameters: base, gradients: nil, seed: 0, step: 0)
    }
    #expect(Array(executable.output(0)) == [5, 6])
    #expect(arena == [6, 7])
  }
}
