package import Graphs
package import JSON

/// In training, adds a random number to each image and turns bright pixels into their negatives:
/// those above a random threshold.
package struct Solarization: AugmentationLayer {
  package static let className = "Solarization"
  package let arguments: ImageArguments
  package let addition: RandomRange
  package let threshold: RandomRange
  package let range: ValueRange

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    addition = try RandomRange("addition_factor", configuration, default: 0, bounds: 0...1)
    threshold = try RandomRange("threshold_factor", configuration, default: 0, bounds: 0...1)
    range = try ValueRange(configuration)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if addition.json != 0.0 { result["addition_factor"] = addition.json }
    if threshold.json != 0.0 { result["threshold_factor"] = threshold.json }
    range.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    /// Keras stretches the upper end alone to bytes.
    func bytes(_ range: RandomRange) -> Value {
      RandomRange(range.lower, range.upper * 255).drawn(perImage(x, scope), scope: &scope)
    }
    let (added, limit) = (bytes(addition), bytes(threshold))
    let brighter = scope.graph.add(range.moved(x, to: .bytes, in: &scope.graph), added)
    let clipped = ValueRange.bytes.clipped(brighter, in: &scope.graph)
    let isDark = scope.graph.binary(.greater, limit, clipped)
    let result = scope.graph.select(isDark, clipped, scope.graph.subtract(255, clipped))
    return ValueRange.bytes.moved(result, to: range, in: &scope.graph)
  }
}
