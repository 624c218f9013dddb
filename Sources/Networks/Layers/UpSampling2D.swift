package import Graphs
package import JSON
import Tensors

/// Every cell repeated along rows and columns of `[batch, rows, columns, channels]`.
package struct UpSampling2D: Layer {
  package static let className = "UpSampling2D"
  package let sizes: [Int]

  package init(configuration: Configuration) throws {
    sizes = try configuration.extents("size", axes: 2, default: [2, 2], in: 1...1024)
    try configuration.requireChannelsLast()
    let interpolation = try configuration.string("interpolation", default: "nearest")
    guard interpolation == "nearest" else {
      throw configuration.error(
        "interpolation", found: .string(interpolation),
        expected: "nearest (others are not supported)")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("size", sizes, default: [2, 2])
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    try requireRank(4...4, scope.graph.shape(x))
    let rows = scope.graph.repeated(x, axis: 1, times: sizes[0])
    return scope.graph.repeated(rows, axis: 2, times: sizes[1])
  }
}
