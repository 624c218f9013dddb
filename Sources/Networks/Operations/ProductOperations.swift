import Graphs
import JSON
import Tensors

/// Products of matrices.
enum ProductOperations {
  static let all: [String: OperationCatalogue.Builder] = [
    "Matmul": { call in
      let (a, b) = (try call.operand(0, "x1"), try call.operand(1, "x2"))
      return [try call.graph.matmul(a, b, subject: call.configuration.subject)]
    },
    "Dot": { call in
      let (a, b) = (try call.operand(0, "x1"), try call.operand(1, "x2"))
      if call.shape(a).rank == 0 || call.shape(b).rank == 0 { return [call.graph.multiply(a, b)] }
      guard call.shape(b).rank <= 2 else {
        throw call.error("an operand of shape \(call.shape(b))", expected: "at most two axes")
      }
      return [try call.graph.matmul(a, b, subject: call.configuration.subject)]
    },
    "Einsum": { call in
      guard let equation = call.option("subscripts")?.string else {
        throw call.error("no subscripts", expected: "an equation like 'ab,bc->ac'")
      }
      let operands = try call.arguments.positional.indices.map { try call.operand($0, "") }
      let product = try Einsum(equation, subject: call.configuration.subject)
      return [try product.apply(operands, in: &call.graph)]
    },
  ]
}
