package import Graphs
package import JSON
import Tensors

/// A layer that makes one number of each window of each channel.
package protocol PoolingLayer: PlaneLayer {
  /// The window.
  var window: SlidingWindow { get }
}

extension PoolingLayer {
  /// Keras' default: windows of two elements side by side.
  private static var defaultSizes: [Int] { [Int](repeating: 2, count: axisCount) }

  package var configuration: JSONObject {
    var result = JSONObject()
    // Average pooling along one axis has no default in Keras.
    result.set("pool_size", window.sizes, default: nil)
    result.set("strides", window.strides, default: window.sizes)
    result.set("padding", window.padding.rawValue, default: "valid")
    order.write(to: &result)
    return result
  }

  /// Reads the window.
  package static func window(_ configuration: Configuration) throws -> SlidingWindow {
    return try SlidingWindow(
      configuration, sizeKey: "pool_size", axes: axisCount, defaultSizes: defaultSizes)
  }

  /// The largest element of each window; cells outside the input do not count.
  package func maximum(_ x: Value, scope: inout LayerScope) throws -> Value {
    let (window, high) = try window.placed(on: scope.graph.shape(x), layer: Self.className)
    return scope.graph.windowMaximum(x, window: window, high: high)
  }

  /// The mean of each window; cells outside the input do not count.
  package func mean(_ x: Value, scope: inout LayerScope) throws -> Value {
    let (window, high) = try window.placed(on: scope.graph.shape(x), layer: Self.className)
    return scope.graph.windowMean(x, window: window, high: high)
  }
}
