package import Graphs
package import JSON

/// In training, moves each image away from, or towards, the mean of its channels by a random factor
/// between 1 − lower and 1 + upper, and clips.
package struct RandomContrast: AugmentationLayer {
  package static let className = "RandomContrast"
  package let arguments: ImageArguments
  package let factor: RandomRange
  package let range: ValueRange

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    factor = try RandomRange("factor", configuration, bounds: -1...1, least: 0)
    range = try ValueRange(configuration)
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["factor": factor.json]
    range.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let scales = RandomRange(1 - factor.lower, 1 + factor.upper)
    let contrast = scales.drawn(perImage(x, scope), scope: &scope)
    let mean = scope.graph.mean(x, axes: [1, 2], keepAxes: true)
    let away = scope.graph.multiply(scope.graph.subtract(x, mean), contrast)
    return range.clipped(scope.graph.add(away, mean), in: &scope.graph)
  }
}
