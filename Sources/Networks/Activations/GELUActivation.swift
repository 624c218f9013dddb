package import Graphs
package import JSON

/// f(x) = x · Φ(x) with the Gaussian distribution function Φ; `approximate` takes its tanh approximation.
package struct GELUActivation: Activation {
  package static let className = "gelu"
  package let approximate: Bool

  package init(configuration: Configuration) throws {
    approximate = try configuration.bool("approximate", default: false)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("approximate", approximate, default: false)
    return result
  }

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    let half = graph.scale(x, by: 0.5)
    if approximate {
      let cube = graph.scale(graph.multiply(graph.multiply(x, x), x), by: 0.044715)
      let inner = graph.scale(graph.add(x, cube), by: (2 / Double.pi).squareRoot())
      return graph.multiply(half, graph.add(graph.unary(.hyperbolicTangent, inner), 1))
    }
    let error = graph.unary(.errorFunction, graph.scale(x, by: 0.5.squareRoot()))
    return graph.multiply(half, graph.add(error, 1))
  }
}
