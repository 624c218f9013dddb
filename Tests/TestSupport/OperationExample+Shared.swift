import Graphs
import Tensors

extension OperationExample {
  /// Values of which many parts are used, or that are used in many products: what flows back to them is
  /// put together at once.
  static let shared: [OperationExample] = [
    OperationExample("parts that cover a value", [[6, 3]]) { graph, x in
      let parts = (0..<3).map { graph.slice(x[0], starts: [2 * $0, 0], sizes: [2, 3]) }
      return graph.multiply(graph.multiply(parts[0], parts[1]), parts[2])
    },
    OperationExample("parts with gaps, in any order", [[2, 9]]) { graph, x in
      let parts = [7, 1, 4].map { graph.slice(x[0], starts: [0, $0], sizes: [2, 1]) }
      return graph.multiply(graph.subtract(parts[0], parts[1]), parts[2])
    },
    OperationExample("parts that overlap, and the whole", [[8]]) { graph, x in
      let parts = [0, 2, 3].map { graph.slice(x[0], starts: [$0], sizes: [4]) }
      let product = graph.multiply(graph.multiply(parts[0], parts[1]), parts[2])
      return graph.add(product, graph.sum(graph.unary(.square, x[0])))
    },
    OperationExample("parts along different axes", [[4, 4]]) { graph, x in
      let row = graph.slice(x[0], starts: [1, 0], sizes: [1, 4])
      let column = graph.slice(x[0], starts: [0, 2], sizes: [4, 1])
      return graph.multiply(row, column)
    },
    OperationExample("parts at a stride", [[7]]) { graph, x in
      let even = graph.slice(x[0], starts: [0], sizes: [3], strides: [2])
      return graph.multiply(even, graph.slice(x[0], starts: [4], sizes: [3]))
    },
    OperationExample("a matrix in several products", [[2, 3], [3, 3]]) { graph, x in
      let once = graph.matrixProduct(x[0], x[1])
      let twice = graph.matrixProduct(once, x[1])
      return graph.add(graph.multiply(once, twice), graph.matrixProduct(twice, x[1]))
    },
    OperationExample("a matrix times itself", [[3, 3]]) { graph, x in
      graph.matrixProduct(graph.matrixProduct(x[0], x[0]), x[0])
    },
  ]
}
