package import Graphs

/// The mean of each of `output_size` parts of the steps `[batch, steps, channels]` of each channel.
package struct AdaptiveAveragePooling1D: AdaptivePoolingLayer {
  package static let className = "AdaptiveAveragePooling1D"
  package static let axisCount = 1
  package let arguments: AdaptivePoolingArguments

  package init(configuration: Configuration) throws {
    arguments = try AdaptivePoolingArguments(configuration, axes: 1)
  }

  package func reduce(_ value: Value, axis: Int, in graph: inout Graph) -> Value {
    graph.mean(value, axes: [axis])
  }
}
