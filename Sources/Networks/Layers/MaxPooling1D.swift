package import Graphs

/// The largest of every few steps `[batch, steps, channels]` of each channel.
package struct MaxPooling1D: PoolingLayer {
  package static let className = "MaxPooling1D"
  package static let axisCount = 1
  package let window: SlidingWindow

  package init(configuration: Configuration) throws {
    window = try Self.window(configuration)
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try maximum(inputs, scope: &scope)
  }
}
