package import Graphs

/// The largest of each of `output_size` parts of the steps `[batch, steps, channels]` of each channel.
package struct AdaptiveMaxPooling1D: AdaptivePoolingLayer {
  package static let className = "AdaptiveMaxPooling1D"
  package static let axisCount = 1
  package let arguments: AdaptivePoolingArguments

  package init(configuration: Configuration) throws {
    arguments = try AdaptivePoolingArguments(configuration, axes: 1)
  }

  package func reduce(_ value: Value, axis: Int, in graph: inout Graph) -> Value {
    graph.maximum(value, axes: [axis])
  }
}
