package import Graphs

/// The mean of each of `output_size` parts of the plane `[batch, rows, columns, channels]` of each channel.
package struct AdaptiveAveragePooling2D: AdaptivePoolingLayer {
  package static let className = "AdaptiveAveragePooling2D"
  package static let axisCount = 2
  package let arguments: AdaptivePoolingArguments

  package init(configuration: Configuration) throws {
    arguments = try AdaptivePoolingArguments(configuration, axes: 2)
  }

  package func reduce(_ value: Value, axis: Int, in graph: inout Graph) -> Value {
    graph.mean(value, axes: [axis])
  }
}
