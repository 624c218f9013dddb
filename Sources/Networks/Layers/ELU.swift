package import Graphs
package import JSON

/// x where x > 0, else `alpha` · (eˣ − 1)
package struct ELU: Layer {
  package static let className = "ELU"
  package static let supportsMasking = true
  package let alpha: Double

  package init(configuration: Configuration) throws {
    alpha = try configuration.double("alpha", default: 1)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("alpha", alpha, default: 1)
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    scope.graph.exponentialLinear(try single(inputs), alpha: alpha)
  }
}
