package import Graphs
package import JSON
import Tensors

/// The plane `[batch, rows, columns, channels]` with `size` times as many rows and columns: each
/// repeated, or values in between.
package struct UpSampling2D: PlaneLayer {
  package static let className = "UpSampling2D"
  package static let axisCount = 2
  package let sizes: [Int]
  package let interpolation: Interpolation
  package let order: ChannelOrder

  package init(configuration: Configuration) throws {
    sizes = try configuration.extents("size", axes: 2, default: [2, 2], in: 1...1024)
    interpolation = try Interpolation(configuration, default: .nearest)
    order = try ChannelOrder(configuration)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("size", sizes, default: [2, 2])
    result.set("interpolation", interpolation.rawValue, default: Interpolation.nearest.rawValue)
    order.write(to: &result)
    return result
  }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    let extents = scope.graph.shape(x).extents
    return scope.graph.resized(
      x, to: zip(sizes, extents.dropFirst()).map { $0 * $1 }, by: interpolation)
  }
}
