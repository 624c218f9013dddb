package import Graphs
package import JSON
import Tensors

/// In training, looks at images at a slant, each with a probability drawn from `factor`: three of
/// the corners move by random shares of the size, the first one stays.
package struct RandomPerspective: AugmentationLayer {
  package static let className = "RandomPerspective"
  package let arguments: ImageArguments
  package let factor: RandomRange
  package let scale: Double
  package let sampling: PlaneSampling

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    factor = try RandomRange("factor", configuration, default: 1, bounds: 0...1)
    scale = try configuration.double("scale", default: 1)
    guard (0...1).contains(scale) else {
      throw configuration.error(
        "scale", found: .double(scale), expected: "a number from 0 to 1")
    }
    sampling = try PlaneSampling(configuration, default: .constant)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if factor.json != 1.0 { result["factor"] = factor.json }
    result.set("scale", scale, default: 1)
    sampling.write(to: &result, default: .constant)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let isChosen = chosen(x, probability: factor, scope: &scope)
    let shape = scope.graph.shape(x)
    let (right, bottom) = (Double(shape[2] - 1), Double(shape[1] - 1))
    /// A coordinate of a corner, moved by up to half of the scale.
    func moved(_ coordinate: Double) -> Value {
      let share = RandomRange(-0.5 * scale, 0.5 * scale)
        .drawn([shape[0], 1, 1], scope: &scope)
      return scope.graph.scale(scope.graph.add(share, 1), by: coordinate)
    }
    // Where the corners (right, 0), (0, bottom) and (right, bottom) come to lie. Zero stays zero.
    let (x1, y2, x3, y3) = (moved(right), moved(bottom), moved(right), moved(bottom))
    // The projective map back, x′ = xx · x / w and y′ = yy · y / w with w = g · x + h · y + 1,
    // takes the moved corners to the old ones.
    func ratio(_ a: Value, _ b: Value) -> Value { scope.graph.divide(a, b) }
    let h = ratio(scope.graph.add(ratio(x3, x1), -1), y3)
    let g = ratio(scope.graph.add(ratio(y3, y2), -1), x3)
    let one = scope.graph.constant(1, shape: [shape[0], 1, 1])
    let xx = scope.graph.scale(scope.graph.add(g, ratio(one, x1)), by: right)
    let yy = scope.graph.scale(scope.graph.add(h, ratio(one, y2)), by: bottom)
    let row = scope.graph.reshape(scope.graph.counting(shape[1]), to: [1, shape[1], 1])
    let column = scope.graph.reshape(scope.graph.counting(shape[2]), to: [1, 1, shape[2]])
    let depth = scope.graph.add(
      scope.graph.add(scope.graph.multiply(g, column), scope.graph.multiply(h, row)), 1)
    let seen = try sampling.sampled(
      x, rows: ratio(scope.graph.multiply(yy, row), depth),
      columns: ratio(scope.graph.multiply(xx, column), depth), layer: Self.className,
      in: &scope.graph)
    return scope.graph.select(isChosen, seen, x)
  }
}
