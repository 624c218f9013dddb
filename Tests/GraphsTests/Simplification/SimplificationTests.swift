import Engine
import Graphs
import Tensors
import TestSupport
import Testing

struct SimplificationTests {
  private func simplified(
    _ shapes: [Shape], _ build: (inout Graph, [Value]) -> Value
  ) -> [Node] {
    var graph = Graph()
    let inputs = shapes.enumerated().map { graph.input($0, shape: $1) }
    let result = build(&graph, inputs)
    return Program(graph: graph, outputs: [result]).simplified().graph.nodes
  }

  @Test func whatNothingAsksForIsLeftOut() {
    let nodes = simplified([[3]]) { graph, x in
      _ = graph.unary(.exponential, x[0])
      return graph.unary(.sine, x[0])
    }
    #expect(nodes.map(\.operation) == [.input(0), .unary(.sine)])
  }

  @Test func neutralOperationsVanish() {
    let nodes = simplified([[3]]) { graph, x in
      let value = graph.scale(graph.add(x[0], 0), by: 1)
      return graph.unary(.negate, graph.unary(.negate, graph.stopGradient(value)))
    }
    #expect(nodes.map(\.operation) == [.input(0)])
  }

  @Test func aProductWithZeroStays() {
    #expect(simplified([[3]]) { $0.scale($1[0], by: 0) }.count == 3)
  }

  @Test func constantsFoldWithOverflow() {
    let nodes = simplified([]) { graph, _ in
      graph.scale(graph.unary(.exponential, graph.constant(100)), by: 1e-30)
    }
    #expect(nodes.map(\.operation) == [.constant(.infinity)])
  }

  @Test func transposesMeltIntoProducts() {
    let nodes = simplified([[3, 4], [3, 5]]) { graph, x in
      graph.matrixProduct(graph.transpose(x[0], [1, 0]), x[1])
    }
    let product = Operation.matrixProduct(transposeLeft: true, transposeRight: false)
    #expect(nodes.map(\.operation) == [.input(0), .input(1), product])
  }

  /// Only the largest elements decide what flows back, and where they were does not matter to a bias.
  @Test func theWayBackThroughMaximaIsTakenOnFewElements() {
    let nodes = simplified([[2, 6, 8, 3], [3]]) { graph, x in
      let positive = graph.unary(.relu, graph.add(x[0], x[1]))
      let largest = graph.windowMaximum(positive, window: Window(sizes: [2, 2]))
      let loss = graph.sum(graph.unary(.square, largest))
      let gradients = graph.gradients(of: loss, withRespectTo: [x[0], x[1]])
      return graph.add(graph.sum(gradients[0]), graph.sum(gradients[1]))
    }
    for node in nodes {
      if node.operation == .select { #expect(node.shape == [2, 3, 4, 3]) }
      if case .reduce = node.operation { #expect(node.shape.count <= 3) }
      if node.operation == .window(.place, Window(sizes: [2, 2])) {
        Issue.record("sums of what is placed are sums of what there is to place")
      }
    }
    #expect(nodes.contains { $0.operation == .select })
  }

  @Test(arguments: OperationExample.all)
  func resultsStay(example: OperationExample) {
    var graph = Graph()
    let inputs = example.shapes.enumerated().map { graph.input($0, shape: $1) }
    let result = example.build(&graph, inputs)
    // Twice, with something neutral and something moved in between.
    let flat = graph.add(graph.reshape(result, to: [graph.shape(result).count]), 0)
    let total = graph.sum(flat)
    let program = Program(graph: graph, outputs: [result, flat, total])
    let elements = example.shapes.indices.map { example.elements($0).map(Double.init) }
    let evaluator = ReferenceEvaluator()
    let before = evaluator.evaluate(program, inputs: elements, parameters: [])
    let after = evaluator.evaluate(program.simplified(), inputs: elements, parameters: [])
    #expect(before == after)
  }

  @Test func sumsAlongSeparateAxesStay() {
    var graph = Graph()
    let input = graph.input(0, shape: [2, 3, 1, 4, 1, 2])
    let outputs = [
      graph.sum(input, axes: [0, 3]), graph.sum(input, axes: [0, 2, 3, 4]),
      graph.maximum(input, axes: [1, 4, 5]), graph.sum(input, axes: [0, 2, 5]),
    ]
    let program = Program(graph: graph, outputs: outputs)
    let elements = [(0..<48).map { Double($0 * $0 % 31) }]
    let evaluator = ReferenceEvaluator()
    let before = evaluator.evaluate(program, inputs: elements, parameters: [])
    let after = evaluator.evaluate(program.simplified(), inputs: elements, parameters: [])
    #expect(before == after)
  }
}
