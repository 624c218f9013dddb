import Engine
import Graphs
import Tensors
import Testing

/// Derivatives where there is none in the strict sense: the choices are those of JAX.
struct CornerTests {
  private func gradients(
    of elements: [[Double]], _ build: (inout Graph, [Value]) -> Value
  ) -> [[Double]] {
    var graph = Graph()
    let parameters = elements.enumerated().map { graph.parameter($0, shape: [$1.count]) }
    let result = build(&graph, parameters)
    let loss = graph.sum(result)
    let gradients = graph.gradients(of: loss, withRespectTo: parameters)
    return ReferenceEvaluator().evaluate(
      Program(graph: graph, outputs: gradients), inputs: [], parameters: elements
    ).outputs
  }

  @Test func reluAndAbsoluteAtZero() {
    #expect(gradients(of: [[0]]) { $0.unary(.relu, $1[0]) } == [[0]])
    #expect(gradients(of: [[0]]) { $0.unary(.absolute, $1[0]) } == [[0]])
  }

  @Test(arguments: [BinaryOperation.maximum, .minimum])
  func tiesAreSharedByTwo(function: BinaryOperation) {
    let found = gradients(of: [[3, 0], [3, 0]]) { $0.binary(function, $1[0], $1[1]) }
    #expect(found == [[0.5, 0.5], [0.5, 0.5]])
  }

  @Test func tiesAreSharedByAll() {
    #expect(gradients(of: [[2, 5, 5, 1]]) { $0.maximum($1[0], axes: [0]) } == [[0, 0.5, 0.5, 0]])
  }

  @Test func aWindowGivesItsGradientToTheFirstOfTheLargest() {
    let elements: [[Double]] = [[1, 1, 0, 2, 2, 2]]
    let found = gradients(of: elements) { graph, x in
      graph.windowMaximum(
        graph.reshape(x[0], to: [1, 6, 1]), window: Window(sizes: [3], strides: [1], low: [1]),
        high: [1])
    }
    #expect(found == [[2, 0, 0, 3, 1, 0]])
  }

  @Test func powersAtZero() {
    let found = gradients(of: [[0, 0, 0], [0, 1, 2]]) { $0.binary(.power, $1[0], $1[1]) }
    #expect(found == [[0, 1, 0], [0, 0, 0]])
  }

  @Test func unreachedValuesHaveNoGradient() {
    #expect(gradients(of: [[1, 2], [3]]) { graph, x in x[0] } == [[1, 1], [0]])
    #expect(gradients(of: [[1, 2]]) { $0.stopGradient($1[0]) } == [[0, 0]])
  }

  @Test func aStoppedFactorCountsAsAConstant() {
    let found = gradients(of: [[3]]) { $0.multiply($1[0], $0.stopGradient($1[0])) }
    #expect(found == [[3]])
  }

  @Test func aValueUsedTwiceAddsUp() {
    let found = gradients(of: [[3]]) { graph, x in
      graph.add(graph.multiply(x[0], x[0]), graph.scale(x[0], by: 4))
    }
    #expect(found == [[10]])
  }
}
