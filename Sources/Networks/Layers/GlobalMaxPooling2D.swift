package import Graphs

/// The largest element over the plane `[batch, rows, columns, channels]` of each channel.
package struct GlobalMaxPooling2D: GlobalPoolingLayer {
  package static let className = "GlobalMaxPooling2D"
  package static let axisCount = 2
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
