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

  /// The largest element of each window; cells outside the input are −∞.
  package func maximum(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    try requireRank(Self.axisCount + 2...Self.axisCount + 2, shape)
    var padded = try window.padded(x, layer: Self.className, in: &scope.graph)
    if padded != x {
      let inside = try window.padded(
        ones(like: shape, in: &scope.graph), layer: Self.className, in: &scope.graph)
      padded = scope.graph.select(inside, padded, scope.graph.constant(-.infinity))
    }
    return try combine(padded, shape, .maximum, in: &scope.graph)
  }

  /// The mean of each window; cells outside the input do not count.
  package func mean(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    try requireRank(Self.axisCount + 2...Self.axisCount + 2, shape)
    let padded = try window.padded(x, layer: Self.className, in: &scope.graph)
    let total = try combine(padded, shape, .add, in: &scope.graph)
    if padded == x {
      return scope.graph.scale(total, by: 1 / Double(window.sizes.reduce(1, *)))
    }
    let inside = try window.padded(
      ones(like: shape, in: &scope.graph), layer: Self.className, in: &scope.graph)
    let counts = try combine(inside, shape, .add, in: &scope.graph)
    return scope.graph.divide(total, counts)
  }

  /// A plane of ones as large as one row of one channel.
  private func ones(like shape: Shape, in graph: inout Graph) -> Value {
    graph.constant(1, shape: Shape([1] + shape.extents.dropFirst().dropLast() + [1]))
  }

  private func combine(
    _ padded: Value, _ shape: Shape, _ function: BinaryOperation, in graph: inout Graph
  ) throws -> Value {
    var result = padded
    for axis in (0..<Self.axisCount).reversed() {
      let count = try window.places(axis, of: shape, layer: Self.className).count
      let views = window.views(of: result, axis: axis, count: count, in: &graph)
      result = views.dropFirst().reduce(views[0]) { graph.binary(function, $0, $1) }
    }
    return result
  }
}
