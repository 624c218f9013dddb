package import Graphs
package import JSON

/// In training, turns images into their negatives, each with a probability drawn from `factor`.
package struct RandomInvert: AugmentationLayer {
  package static let className = "RandomInvert"
  package let arguments: ImageArguments
  package let factor: RandomRange
  package let range: ValueRange

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    factor = try RandomRange("factor", configuration, default: 1, bounds: 0...1)
    range = try ValueRange(configuration)
  }

  package var configuration: JSONObject {
    var result: JSONObject = JSONObject()
    if factor.json != 1.0 { result["factor"] = factor.json }
    range.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let isChosen = chosen(x, probability: factor, scope: &scope)
    return scope.graph.select(isChosen, scope.graph.subtract(range.high, x), x)
  }
}
