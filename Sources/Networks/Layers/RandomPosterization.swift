package import Graphs
package import JSON

/// In training, leaves only the first few bits of each byte of an image; how many is drawn from
/// `factor`, its end excluded.
package struct RandomPosterization: AugmentationLayer {
  package static let className = "RandomPosterization"
  package let arguments: ImageArguments
  package let factor: RandomRange
  package let range: ValueRange

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    factor = try RandomRange("factor", configuration, bounds: 1...8)
    range = try ValueRange(configuration)
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["factor": .array([.int(Int(factor.lower)), .int(Int(factor.upper))])]
    range.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let shape = perImage(x, scope)
    let lowest = factor.lower.rounded(.down)
    let count = factor.upper.rounded(.down) - lowest
    var bits = scope.graph.constant(lowest, shape: shape)
    if count > 1 {
      let random = scope.random(.uniform, shape: shape)
      bits = scope.graph.add(
        scope.graph.unary(.floor, scope.graph.scale(random, by: count)), lowest)
    }
    // 2 to the number of lost bits; rounded, since exponentials are not exact.
    let lost = scope.graph.subtract(8, bits)
    let step = scope.graph.unary(
      .round, scope.graph.unary(.exponential, scope.graph.scale(lost, by: ln2)))
    let bytes = range.moved(x, to: .bytes, in: &scope.graph)
    let steps = scope.graph.unary(
      .floor,
      scope.graph.divide(
        scope.graph.unary(.floor, ValueRange.bytes.clipped(bytes, in: &scope.graph)), step))
    return ValueRange.bytes.moved(
      scope.graph.multiply(steps, step), to: range, in: &scope.graph)
  }
}

/// The natural logarithm of 2.
private let ln2 = 0.6931471805599453
