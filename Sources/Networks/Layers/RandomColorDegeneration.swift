package import Graphs
package import JSON
package import Tensors

/// In training, moves the colours of each image towards its gray by a random share, and clips.
package struct RandomColorDegeneration: AugmentationLayer {
  package static let className = "RandomColorDegeneration"
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

  package func check(_ images: Shape) throws { try requireColours(images) }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let share = factor.drawn(perImage(x, scope), scope: &scope)
    let gray = scope.graph.subtract(scope.graph.grayscale(x), x)
    let faded = scope.graph.add(x, scope.graph.multiply(share, gray))
    return range.clipped(faded, in: &scope.graph)
  }
}
