package import Graphs
package import JSON

/// f(x) = x where x > 0, else `alpha` · (eˣ − 1)
package struct ELUActivation: Activation {
  package static let className = "elu"
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
    graph.exponentialLinear(x, alpha: alpha)
  }
}
