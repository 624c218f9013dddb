package import Graphs
package import JSON

/// f(x) = max(x, 0) + min(0, `alpha` · (e^(x/alpha) − 1))
package struct CELUActivation: Activation {
  package static let className = "celu"
  package let alpha: Double

  package init(configuration: Configuration) throws {
    alpha = try configuration.double("alpha", default: 1)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("alpha", alpha, default: 1)
    return result
  }

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    let active = graph.isGreater(x, 0)
    let below = graph.select(active, graph.constant(0), graph.scale(x, by: 1 / alpha))
    let bent = graph.scale(graph.unary(.exponentialMinusOne, below), by: alpha)
    return graph.select(active, x, bent)
  }
}
