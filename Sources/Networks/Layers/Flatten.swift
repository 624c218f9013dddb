package import Graphs
package import JSON
import Tensors

/// All axes but the batch as one: `[batch, …] → [batch, features]`.
package struct Flatten: Layer {
  package static let className = "Flatten"
  package let dataFormat: String

  package init(configuration: Configuration) throws {
    dataFormat = try configuration.string("data_format", default: "channels_last")
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("data_format", dataFormat, default: "channels_last")
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    var moved = x
    let shape = scope.graph.shape(x)
    if dataFormat == "channels_first", shape.rank > 2 {
      moved = scope.graph.transpose(x, [0] + Array(2..<shape.rank) + [1])
    }
    let rows = max(1, shape[0])
    return scope.graph.reshape(moved, to: [shape[0], shape.count / rows])
  }
}
