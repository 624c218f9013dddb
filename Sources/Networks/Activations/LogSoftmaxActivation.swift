package import Graphs
package import JSON

/// f(x)ᵢ = xᵢ − log Σⱼ e^xⱼ along an axis.
package struct LogSoftmaxActivation: Activation {
  package static let className = "log_softmax"
  package let axis: Int

  package init(configuration: Configuration) throws {
    axis = try configuration.int("axis", default: -1)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("axis", axis, default: -1)
    return result
  }

  package func apply(_ x: Value, in graph: inout Graph) throws -> Value {
    try requireAxis(axis, of: x, in: graph, subject: "log_softmax")
    return graph.logSoftmax(x, axis: axis)
  }
}
