package import Graphs
package import JSON

/// l2 · Σw², without a factor ½
package struct L2Regularizer: Regularizer {
  package static let className = "L2"
  package static let names = ["l2"]
  package let l2: Double

  package init(configuration: Configuration) throws {
    l2 = try configuration.double("l2", default: 0.01)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("l2", l2, default: 0.01)
    return result
  }

  package func penalty(of value: Value, in graph: inout Graph) -> Value {
    graph.scale(graph.sum(graph.unary(.square, value)), by: l2)
  }
}
