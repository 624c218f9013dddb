package import Graphs
package import JSON

/// f(x)ᵢ = e^xᵢ / Σⱼ e^xⱼ along an axis.
package struct SoftmaxActivation: Activation {
  package static let className = "softmax"
  package let axis: Int

  package init(configuration: Configuration) throws {
    axis = try configuration.int("axis", default: -1)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("axis", axis, default: -1)
    return result
  }

  package var keepsLogits: Bool { true }

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    try requireAxis(axis, of: x, in: graph, subject: "softmax")
    return graph.softmax(x, axes: [axis])
  }
}
