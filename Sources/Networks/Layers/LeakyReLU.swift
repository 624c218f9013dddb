package import Graphs
package import JSON

/// x where x ≥ 0, else `negative_slope` · x. The layer tilts by 0.3 where the function tilts by 0.2.
package struct LeakyReLU: Layer {
  package static let className = "LeakyReLU"
  package static let supportsMasking = true
  package let negativeSlope: Double

  package init(configuration: Configuration) throws {
    negativeSlope = try configuration.double("negative_slope", default: 0.3)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("negative_slope", negativeSlope, default: 0.3)
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let active = scope.graph.binary(.greaterOrEqual, x, scope.graph.constant(0))
    return scope.graph.select(active, x, scope.graph.scale(x, by: negativeSlope))
  }
}
