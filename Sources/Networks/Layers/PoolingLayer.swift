package import Graphs
package import JSON
import Tensors

/// A layer that makes one number of each window of each channel.
package protocol PoolingLayer: Layer {
  /// Along how many axes the window moves.
  static var axisCount: Int { get }
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
    return result
  }

  /// Reads the window.
  package static func window(_ configuration: Configuration) throws -> SlidingWindow {
    try configuration.requireChannelsLast()
    return try SlidingWindow(
      configuration, sizeKey: "pool_size", axes: axisCount, defaultSizes: defaultSizes)
  }

  /// The largest element of each window; cells outside the input do not count.
  package func maximum(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let (x, place) = try placed(inputs, scope: scope)
    return scope.graph.windowMaximum(x, window: place.window, high: place.high)
  }

  /// The mean of each window; cells outside the input do not count.
  package func mean(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let (x, place) = try placed(inputs, scope: scope)
    return scope.graph.windowMean(x, window: place.window, high: place.high)
  }

  private func placed(
    _ inputs: [Value], scope: LayerScope
  ) throws -> (Value, (window: Window, high: [Int])) {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    try requireRank(Self.axisCount + 2...Self.axisCount + 2, shape)
    return (x, try window.placed(on: shape, layer: Self.className))
  }
}
