package import Graphs
package import JSON

/// l1 · Σ|w|
package struct L1Regularizer: Regularizer {
  package static let className = "L1"
  package static let names = ["l1"]
  package let l1: Double

  package init(configuration: Configuration) throws {
    l1 = try configuration.double("l1", default: 0.01)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("l1", l1, default: 0.01)
    return result
  }

  package func penalty(of value: Value, in graph: inout Graph) -> Value {
    graph.scale(graph.sum(graph.unary(.absolute, value)), by: l1)
  }
}
