package import Graphs

/// The mean of every small box of `[batch, depth, rows, columns, channels]` of each channel.
package struct AveragePooling3D: PoolingLayer {
  package static let className = "AveragePooling3D"
  package static let axisCount = 3
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
