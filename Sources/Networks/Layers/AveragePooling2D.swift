package import Graphs

/// The mean of every small plane of `[batch, rows, columns, channels]` of each channel.
package struct AveragePooling2D: PoolingLayer {
  package static let className = "AveragePooling2D"
  package static let axisCount = 2
  package let window: SlidingWindow

  package init(configuration: Configuration) throws {
    window = try Self.window(configuration)
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try mean(inputs, scope: &scope)
  }
}
