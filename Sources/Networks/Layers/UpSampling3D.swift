package import Graphs
package import JSON
import Tensors

/// Every cell repeated along all three axes of `[batch, depths, rows, columns, channels]`.
package struct UpSampling3D: PlaneLayer {
  package static let className = "UpSampling3D"
  package static let axisCount = 3
  package let sizes: [Int]
  package let order: ChannelOrder

  package init(configuration: Configuration) throws {
    sizes = try configuration.extents("size", axes: 3, default: [2, 2, 2], in: 1...1024)
    order = try ChannelOrder(configuration)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("size", sizes, default: [2, 2, 2])
    order.write(to: &result)
    return result
  }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    var result = x
    for (axis, size) in sizes.enumerated() {
      result = scope.graph.repeated(result, axis: axis + 1, times: size)
    }
    return result
  }
}
