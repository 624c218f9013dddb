package import Graphs

/// The mean over the steps `[batch, steps, channels]` of each channel.
package struct GlobalAveragePooling1D: GlobalPoolingLayer {
  package static let className = "GlobalAveragePooling1D"
  package static let axisCount = 1
  package let arguments: GlobalPoolingArguments

  package init(configuration: Configuration) throws {
    arguments = try GlobalPoolingArguments(configuration)
  }

  package func reduce(
    _ value: Value, axes: [Int], keepAxes: Bool, in graph: inout Graph
  ) -> Value {
    graph.mean(value, axes: axes, keepAxes: keepAxes)
  }
}
