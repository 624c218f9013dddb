package import Graphs

/// The largest of every small plane of `[batch, rows, columns, channels]` of each channel.
package struct MaxPooling2D: PoolingLayer {
  package static let className = "MaxPooling2D"
  package static let axisCount = 2
  package let window: SlidingWindow

  package init(configuration: Configuration) throws {
    window = try Self.window(configuration)
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try maximum(inputs, scope: &scope)
  }
}
