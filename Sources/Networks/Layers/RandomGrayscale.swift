package import Graphs
package import JSON
package import Tensors

/// In training, takes the colour out of an image with probability `factor`.
package struct RandomGrayscale: AugmentationLayer {
  package static let className = "RandomGrayscale"
  package let arguments: ImageArguments
  package let factor: Double

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    factor = try configuration.double("factor", default: 0.5)
    guard (0...1).contains(factor) else {
      throw configuration.error(
        "factor", found: .double(factor), expected: "a number from 0 to 1")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("factor", factor, default: 0.5)
    arguments.write(to: &result)
    return result
  }

  package func check(_ images: Shape) throws { try requireColours(images, orGray: true) }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let random = scope.random(.uniform, shape: perImage(x, scope))
    let isGray = scope.graph.isLess(random, factor)
    return scope.graph.select(isGray, scope.graph.grayscale(x), x)
  }
}
