package import Graphs

/// The mean of every few steps `[batch, steps, channels]` of each channel.
package struct AveragePooling1D: PoolingLayer {
  package static let className = "AveragePooling1D"
  package static let axisCount = 1
  package let window: SlidingWindow

  package init(configuration: Configuration) throws {
    window = try Self.window(configuration)
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try mean(inputs, scope: &scope)
  }
}
