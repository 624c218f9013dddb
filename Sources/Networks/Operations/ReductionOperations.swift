import Graphs
import JSON
import Tensors

/// Operations that make one number of many.
enum ReductionOperations {
  static let all: [String: OperationCatalogue.Builder] = [
    "Sum": reduction { $0.sum($1, axes: $2, keepAxes: $3) },
    "Mean": reduction { $0.mean($1, axes: $2, keepAxes: $3) },
    "Max": reduction { $0.maximum($1, axes: $2, keepAxes: $3) },
    "Min": reduction { $0.least($1, axes: $2, keepAxes: $3) },
    "Any": reduction { graph, x, axes, keep in
      graph.maximum(graph.isTrue(x), axes: axes, keepAxes: keep)
    },
    "All": reduction { graph, x, axes, keep in
      graph.least(graph.isTrue(x), axes: axes, keepAxes: keep)
    },
    "CountNonzero": reduction { graph, x, axes, keep in
      graph.sum(graph.isTrue(x), axes: axes, keepAxes: keep)
    },
    "Var": reduction { $0.variance($1, axes: $2, keepAxes: $3) },
    "Std": reduction { graph, x, axes, keep in
      graph.unary(.squareRoot, graph.variance(x, axes: axes, keepAxes: keep))
    },
    "Logsumexp": reduction { graph, x, axes, keep in
      let top = graph.stopGradient(graph.maximum(x, axes: axes, keepAxes: true))
      let weights = graph.unary(.exponential, graph.subtract(x, top))
      let total = graph.unary(.logarithm, graph.sum(weights, axes: axes, keepAxes: true))
      let result = graph.add(total, top)
      return keep ? result : graph.sum(result, axes: axes)
    },
    "Average": { call in
      guard call.arguments["weights"] == nil else {
        throw call.error("weights", expected: "none (they are not supported)")
      }
      let x = try call.operand(0, "x")
      return [call.graph.mean(x, axes: try call.axes(x))]
    },
    "Norm": norm, "Argmax": position(ofLargest: true), "Argmin": position(ofLargest: false),
  ]

  private static func reduction(
    _ build: @escaping @Sendable (inout Graph, Value, [Int], Bool) -> Value
  ) -> OperationCatalogue.Builder {
    { call in
      let x = try call.operand(0, "x")
      if let initial = call.option("initial") {
        throw call.configuration.error(
          "initial", found: initial, expected: "null (this is not supported)")
      }
      let axes = Array(Set(try call.axes(x))).sorted()
      return [build(&call.graph, x, axes, call.keepsAxes)]
    }
  }

  private static let norm: OperationCatalogue.Builder = { call in
    let x = try call.operand(0, "x")
    let axes = try call.axes(x)
    let order = call.option("ord")
    switch (order?.double, order?.string, axes.count) {
    case (nil, nil, _), (nil, "fro", 2), (2, nil, 1):
      let squares = call.graph.sum(
        call.graph.unary(.square, x), axes: axes, keepAxes: call.keepsAxes)
      return [call.graph.unary(.squareRoot, squares)]
    case (1, nil, 1):
      return [
        call.graph.sum(call.graph.unary(.absolute, x), axes: axes, keepAxes: call.keepsAxes)
      ]
    default:
      throw call.configuration.error("ord", found: order, expected: "null, 1 or 2")
    }
  }

  private static func position(ofLargest: Bool) -> OperationCatalogue.Builder {
    { call in
      var x = try call.operand(0, "x")
      if !ofLargest { x = call.graph.unary(.negate, x) }
      guard let axis = try call.ints("axis")?.first else {
        let flat = call.graph.reshape(x, to: [call.shape(x).count])
        return [call.graph.argMax(flat, axis: 0)]
      }
      let along = try call.axis(axis, rank: call.shape(x).rank)
      let result = call.graph.argMax(x, axis: along)
      guard call.keepsAxes else { return [result] }
      var extents = call.shape(x).extents
      extents[along] = 1
      return [call.graph.reshape(result, to: Shape(extents))]
    }
  }
}
