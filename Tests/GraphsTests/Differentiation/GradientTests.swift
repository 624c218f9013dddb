import Engine
import Graphs
import Tensors
import TestSupport
import Testing

/// Derivatives against central differences in double precision, over the whole catalogue.
struct GradientTests {
  /// Half the distance of the two points that a difference is taken of: the error of the difference
  /// is about h² from the third derivative and 10⁻¹⁶ ÷ h from rounding, smallest together here.
  static let h = 1e-5
  /// Four digits above that error.
  static let tolerance = 1e-6

  @Test(arguments: OperationExample.all)
  func firstDerivative(example: OperationExample) {
    var (graph, parameters, loss) = weightedSum(of: example)
    let gradients = graph.gradients(of: loss, withRespectTo: parameters)
    check(graph, parameters.indices, loss, gradients, example)
  }

  @Test(arguments: OperationExample.all)
  func secondDerivative(example: OperationExample) {
    var (graph, parameters, loss) = weightedSum(of: example)
    // The sum of the first derivatives' squares mixes all second derivatives.
    let first = graph.gradients(of: loss, withRespectTo: parameters)
    var curvature = graph.constant(0)
    for gradient in first {
      curvature = graph.add(curvature, graph.sum(graph.unary(.square, gradient)))
    }
    let second = graph.gradients(of: curvature, withRespectTo: parameters)
    check(graph, parameters.indices, curvature, second, example)
  }

  /// Σ result × weights, so that every element of the result has another gradient.
  private func weightedSum(of example: OperationExample) -> (Graph, [Value], Value) {
    var graph = Graph()
    let parameters = example.shapes.enumerated().map { graph.parameter($0, shape: $1) }
    let result = example.build(&graph, parameters)
    let weights = graph.random(.uniform, shape: graph.shape(result), stream: 0)
    let loss = graph.sum(graph.multiply(result, weights))
    return (graph, parameters, loss)
  }

  private func check(
    _ graph: Graph, _ numbers: Range<Int>, _ loss: Value, _ gradients: [Value],
    _ example: OperationExample
  ) {
    let evaluator = ReferenceEvaluator(seed: 7)
    let elements = numbers.map { example.elements($0).map(Double.init) }
    let program = Program(graph: graph, outputs: [loss] + gradients)
    let computed = evaluator.evaluate(program, inputs: [], parameters: elements).outputs
    let lossAlone = Program(graph: graph, outputs: [loss])
    for number in numbers {
      #expect(graph.shape(gradients[number]) == example.shapes[number])
      // A handful of elements of large operands will do.
      for place in stride(from: 0, to: elements[number].count, by: elements[number].count / 8 + 1) {
        var ends: [Double] = []
        for sign in [-1.0, 1.0] {
          var moved = elements
          moved[number][place] += sign * Self.h
          ends.append(
            evaluator.evaluate(lossAlone, inputs: [], parameters: moved).outputs[0][0])
        }
        let difference = (ends[1] - ends[0]) / (2 * Self.h)
        let derivative = computed[number + 1][place]
        #expect(
          abs(derivative - difference) <= Self.tolerance * max(1, abs(difference)),
          "operand \(number), element \(place)")
      }
    }
  }
}
