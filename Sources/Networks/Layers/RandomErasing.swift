package import Graphs
package import JSON
import Tensors

/// In training, covers a random rectangle of an image with noise, or with `fill_value`; each image
/// with a probability drawn from `factor`.
package struct RandomErasing: AugmentationLayer {
  package static let className = "RandomErasing"
  package let arguments: ImageArguments
  package let factor: RandomRange
  package let scale: RandomRange
  package let fillValue: [Double]?
  package let range: ValueRange

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    factor = try RandomRange("factor", configuration, default: 1, bounds: 0...1)
    scale = try Self.scale(configuration)
    fillValue = try configuration.doubles("fill_value")
    range = try ValueRange(configuration)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if factor.json != 1.0 { result["factor"] = factor.json }
    if scale != Self.standardScale {
      result["scale"] = .array([.double(scale.lower), .double(scale.upper)])
    }
    if let fillValue {
      result["fill_value"] =
        fillValue.count == 1 ? .double(fillValue[0]) : .array(fillValue.map { .double($0) })
    }
    range.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let shape = scope.graph.shape(x)
    let rows = covered(1, shape, scope: &scope)
    let columns = covered(2, shape, scope: &scope)
    let isChosen = chosen(x, probability: factor, scope: &scope)
    let isCovered = scope.graph.both(isChosen, scope.graph.both(rows, columns))
    return scope.graph.select(isCovered, try cover(shape, scope: &scope), x)
  }

  private static let standardScale = RandomRange(0.02, 0.33)

  private static func scale(_ configuration: Configuration) throws -> RandomRange {
    guard configuration.value("scale") != nil else { return standardScale }
    let given = try RandomRange("scale", configuration, bounds: 0...1)
    return RandomRange(given.lower, given.upper)
  }

  /// 1 for the places of an axis that lie in a rectangle whose side is the root of a random share.
  private func covered(_ axis: Int, _ shape: Shape, scope: inout LayerScope) -> Value {
    let one: Shape = [shape[0], 1, 1, 1]
    let share = scope.graph.unary(.squareRoot, scale.drawn(one, scope: &scope))
    let extent = Double(shape[axis])
    let length = scope.graph.scale(share, by: extent)
    let start = scope.graph.multiply(
      scope.random(.uniform, shape: one), scope.graph.subtract(extent, length))
    let end = scope.graph.add(start, length)
    var extents = [1, 1, 1, 1]
    extents[axis] = shape[axis]
    let place = scope.graph.reshape(scope.graph.counting(shape[axis]), to: Shape(extents))
    return scope.graph.both(
      scope.graph.binary(.greaterOrEqual, place, start),
      scope.graph.binary(.greater, end, place))
  }

  private func cover(_ shape: Shape, scope: inout LayerScope) throws -> Value {
    guard let fillValue else {
      let noise = scope.random(.normal, shape: shape)
      return range.clipped(scope.graph.scale(noise, by: range.high), in: &scope.graph)
    }
    guard fillValue.count == 1 || fillValue.count == shape[-1] else {
      throw ShapeError(
        subject: Self.className, found: "\(fillValue.count) numbers for images \(shape)",
        expected: "1 or \(shape[-1]) of them")
    }
    return range.clipped(scope.graph.vector(fillValue), in: &scope.graph)
  }
}
