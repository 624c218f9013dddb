package import Graphs

/// The mean of every few steps `[batch, steps, channels]` of each channel.
package struct AveragePooling1D: PoolingLayer {
  package static let className = "AveragePooling1D"
  package static let axisCount = 1
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
