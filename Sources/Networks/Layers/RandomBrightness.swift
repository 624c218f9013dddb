package import Graphs
package import JSON

/// In training, adds a random share of the value range to each image and clips.
package struct RandomBrightness: AugmentationLayer {
  package static let className = "RandomBrightness"
  package let arguments: ImageArguments
  package let factor: RandomRange
  package let range: ValueRange

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    factor = try RandomRange("factor", configuration)
    range = try ValueRange(configuration)
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["factor": factor.json]
    range.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let delta = factor.drawn(perImage(x, scope), scope: &scope)
    let brighter = scope.graph.add(x, scope.graph.scale(delta, by: range.high - range.low))
    return range.clipped(brighter, in: &scope.graph)
  }
}
