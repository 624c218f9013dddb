package import Graphs

/// The largest of each of `output_size` parts of the plane `[batch, rows, columns, channels]` of each channel.
package struct AdaptiveMaxPooling2D: AdaptivePoolingLayer {
  package static let className = "AdaptiveMaxPooling2D"
  package static let axisCount = 2
  package let arguments: AdaptivePoolingArguments

  package init(configuration: Configuration) throws {
    arguments = try AdaptivePoolingArguments(configuration, axes: 2)
  }

  package func reduce(_ value: Value, axis: Int, in graph: inout Graph) -> Value {
    graph.maximum(value, axes: [axis])
  }
}
