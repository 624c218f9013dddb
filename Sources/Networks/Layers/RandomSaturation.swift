package import Graphs
package import JSON
package import Tensors

/// In training, multiplies the saturation of each image by f / (1 − f) with f drawn from `factor`.
package struct RandomSaturation: AugmentationLayer {
  package static let className = "RandomSaturation"
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
    let drawn = factor.drawn(perImage(x, scope), scope: &scope)
    let rest = scope.graph.subtract(1 + Graph.epsilon, drawn)
    let ratio = scope.graph.divide(drawn, rest)
    let colours = scope.graph.hueSaturationValue(x)
    // Keras clips the saturation, which goes from 0 to 1, to the range of the images.
    let saturation = range.clipped(
      scope.graph.multiply(colours[1], ratio), in: &scope.graph)
    return scope.graph.redGreenBlue(colours[0], saturation, colours[2])
  }
}
