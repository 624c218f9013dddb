package import Graphs
package import JSON

/// l1 · Σ|w| + l2 · Σw²
package struct L1L2Regularizer: Regularizer {
  package static let className = "L1L2"
  package static let names = ["l1_l2"]
  package let l1: Double
  package let l2: Double

  package init(configuration: Configuration) throws {
    l1 = try configuration.double("l1", default: 0)
    l2 = try configuration.double("l2", default: 0)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("l1", l1, default: 0)
    result.set("l2", l2, default: 0)
    return result
  }

  package func penalty(of value: Value, in graph: inout Graph) -> Value {
    var result = graph.constant(0)
    if l1 != 0 {
      result = graph.scale(graph.sum(graph.unary(.absolute, value)), by: l1)
    }
    if l2 != 0 {
      let squares = graph.scale(graph.sum(graph.unary(.square, value)), by: l2)
      result = l1 == 0 ? squares : graph.add(result, squares)
    }
    return result
  }
}
