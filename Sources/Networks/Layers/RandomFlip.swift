package import Graphs
package import JSON
import Tensors

/// In training, mirrors half of the images: left to right, top to bottom, or both at once.
package struct RandomFlip: AugmentationLayer {
  package static let className = "RandomFlip"
  package let arguments: ImageArguments
  package let mode: String

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    mode = try configuration.string("mode", default: Self.both)
    guard [Self.horizontal, Self.vertical, Self.both].contains(mode) else {
      throw configuration.error(
        "mode", found: .string(mode),
        expected: "horizontal, vertical or horizontal_and_vertical")
    }
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("mode", mode, default: Self.both)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let random = scope.random(.uniform, shape: perImage(x, scope))
    let isFlipped = scope.graph.binary(.greaterOrEqual, scope.graph.constant(0.5), random)
    var axes: [Int] = []
    if mode != Self.vertical { axes.append(2) }
    if mode != Self.horizontal { axes.append(1) }
    // One throw of the coin decides over both directions.
    let flipped = scope.graph.reversed(x, axes: axes)
    return scope.graph.select(isFlipped, flipped, x)
  }

  private static let horizontal = "horizontal"
  private static let vertical = "vertical"
  private static let both = "horizontal_and_vertical"
}
