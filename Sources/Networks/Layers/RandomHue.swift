package import Graphs
package import JSON
package import Tensors

/// In training, turns the colours of each image around the colour wheel by up to half a turn.
package struct RandomHue: AugmentationLayer {
  package static let className = "RandomHue"
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

  package func check(_ images: Shape) throws { try requireColours(images) }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let side = scope.random(.uniform, shape: perImage(x, scope))
    let half = scope.graph.constant(0.5)
    let sign = scope.graph.select(
      scope.graph.isGreater(side, 0.5), scope.graph.constant(-0.5), half)
    let turn = scope.graph.multiply(factor.drawn(perImage(x, scope), scope: &scope), sign)
    let unit = ValueRange(low: 0, high: 1)
    let colours = scope.graph.hueSaturationValue(range.moved(x, to: unit, in: &scope.graph))
    var hue = scope.graph.add(colours[0], turn)
    hue = scope.graph.subtract(hue, scope.graph.isGreater(hue, 1))
    hue = scope.graph.add(hue, scope.graph.isLess(hue, 0))
    let turned = scope.graph.redGreenBlue(hue, colours[1], colours[2])
    return unit.moved(
      unit.clipped(turned, in: &scope.graph), to: range, in: &scope.graph)
  }
}
