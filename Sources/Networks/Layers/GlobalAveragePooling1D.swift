package import Graphs

import Tensors

/// The mean over the steps `[batch, steps, channels]` of each channel; with a mask, over the steps
/// that count (without any, 0 / 0).
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

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    guard let mask = scope.masks.first ?? nil else { return try pooled(x, scope: &scope) }
    let shape = scope.graph.shape(x)
    try requireRank(3...3, shape)
    let steps = arguments.channelsFirst ? 2 : 1
    guard scope.graph.shape(mask) == [shape[0], shape.extents[steps]] else {
      throw ShapeError(
        subject: Self.className, found: "a mask of shape \(scope.graph.shape(mask))",
        expected: "the batch and the steps of an input of shape \(shape)")
    }
    let wide = scope.graph.expanded(mask, axis: arguments.channelsFirst ? 1 : 2)
    let kept = scope.graph.select(wide, x, scope.graph.constant(0))
    let keeps = arguments.keepsAxes
    let total = scope.graph.sum(kept, axes: [steps], keepAxes: keeps)
    return scope.graph.divide(total, scope.graph.sum(wide, axes: [steps], keepAxes: keeps))
  }
}
