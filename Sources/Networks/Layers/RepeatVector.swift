package import Graphs
package import JSON
import Tensors

/// Each row `n` times: `[batch, features] → [batch, n, features]`.
package struct RepeatVector: Layer {
  package static let className = "RepeatVector"
  package let count: Int

  package init(configuration: Configuration) throws {
    count = try configuration.int("n")
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result["n"] = .int(count)
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    try requireRank(2...2, shape)
    let column = scope.graph.reshape(x, to: [shape[0], 1, shape[1]])
    return scope.graph.broadcast(column, to: [shape[0], count, shape[1]])
  }
}
