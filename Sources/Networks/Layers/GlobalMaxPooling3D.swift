package import Graphs

/// The largest element over the volume `[batch, depth, rows, columns, channels]` of each channel.
package struct GlobalMaxPooling3D: GlobalPoolingLayer {
  package static let className = "GlobalMaxPooling3D"
  package static let axisCount = 3
  package let arguments: GlobalPoolingArguments

  package init(configuration: Configuration) throws {
    arguments = try GlobalPoolingArguments(configuration)
  }

  package func reduce(
    _ value: Value, axes: [Int], keepAxes: Bool, in graph: inout Graph
  ) -> Value {
    graph.maximum(value, axes: axes, keepAxes: keepAxes)
  }
}
