package import Graphs

/// The mean of each of `output_size` parts of the space `[batch, depths, rows, columns, channels]` of each channel.
package struct AdaptiveAveragePooling3D: AdaptivePoolingLayer {
  package static let className = "AdaptiveAveragePooling3D"
  package static let axisCount = 3
  package let arguments: AdaptivePoolingArguments

  package init(configuration: Configuration) throws {
    arguments = try AdaptivePoolingArguments(configuration, axes: 3)
  }

  package func reduce(_ value: Value, axis: Int, in graph: inout Graph) -> Value {
    graph.mean(value, axes: [axis])
  }
}
