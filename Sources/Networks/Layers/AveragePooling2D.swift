package import Graphs

/// The mean of every small plane of `[batch, rows, columns, channels]` of each channel.
package struct AveragePooling2D: PoolingLayer {
  package static let className = "AveragePooling2D"
  package static let axisCount = 2
  package let window: SlidingWindow
  package let order: ChannelOrder

  package init(configuration: Configuration) throws {
    window = try Self.window(configuration)
    order = try ChannelOrder(configuration)
  }

  package func transformed(_ x: Value, scope: inout LayerScope) throws -> Value {
    try mean(x, scope: &scope)
  }
}
