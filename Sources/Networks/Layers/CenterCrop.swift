package import Graphs
package import JSON
import Tensors

/// The middle of images; of those that are too small the largest window of the same proportions,
/// resized.
package struct CenterCrop: PlaneLayer {
  package static let className = "CenterCrop"
  package static let axisCount = 2
  package let height: Int
  package let width: Int
  package let order: ChannelOrder

  package init(configuration: Configuration) throws {
    (height, width) = try configuration.imageSize()
    order = try ChannelOrder(configuration)
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["height": .int(height), "width": .int(width)]
    order.write(to: &result)
    return result
  }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    let shape = scope.graph.shape(x)
    guard shape[1] >= height, shape[2] >= width else {
      return scope.graph.middle(x, height: height, width: width)
    }
    return scope.graph.slice(
      x, starts: [0, (shape[1] - height) / 2, (shape[2] - width) / 2, 0],
      sizes: [shape[0], height, width, shape[3]])
  }
}
