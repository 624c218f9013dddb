package import Graphs
package import JSON
import Tensors

/// Every step `size` times: `[batch, steps, channels] → [batch, steps · size, channels]`.
package struct UpSampling1D: Layer {
  package static let className = "UpSampling1D"
  package let size: Int

  package init(configuration: Configuration) throws {
    size = try configuration.extents("size", axes: 1, default: [2], in: 1...1024)[0]
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("size", size, default: 2)
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    try requireRank(3...3, scope.graph.shape(x))
    return scope.graph.repeated(x, axis: 1, times: size)
  }
}
