package import Graphs
package import JSON

/// In training, moves each image away from, or towards, its smoothed self, and clips: 2 · factor is
/// 0 for the smoothed image, 1 for the image itself.
package struct RandomSharpness: AugmentationLayer {
  package static let className = "RandomSharpness"
  package let arguments: ImageArguments
  package let factor: RandomRange
  package let range: ValueRange

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    factor = try RandomRange("factor", configuration, bounds: 0...1)
    range = try ValueRange(configuration)
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["factor": factor.json]
    range.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let drawn = factor.drawn(perImage(x, scope), scope: &scope)
    let smoothed = smoothed(x, in: &scope.graph)
    let share = scope.graph.subtract(1, scope.graph.scale(drawn, by: 2))
    let away = scope.graph.multiply(share, scope.graph.subtract(smoothed, x))
    return range.clipped(scope.graph.add(x, away), in: &scope.graph)
  }

  /// Every pixel and its eight neighbours in the weights 5 : 1; zeros stand around the image.
  private func smoothed(_ x: Value, in graph: inout Graph) -> Value {
    let around = graph.smeared(
      graph.smeared(x, axis: 1, by: [1, 1, 1].map { graph.constant($0) }), axis: 2,
      by: [1, 1, 1].map { graph.constant($0) })
    return graph.add(graph.scale(around, by: 1 / 13.0), graph.scale(x, by: 4 / 13.0))
  }
}
