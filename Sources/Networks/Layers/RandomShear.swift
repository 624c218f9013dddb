package import Graphs
package import JSON
import Tensors

/// In training, slants each image: x + a · y and y + b · x with random a and b, around the first
/// pixel.
package struct RandomShear: AugmentationLayer {
  package static let className = "RandomShear"
  package let arguments: ImageArguments
  package let x: RandomRange
  package let y: RandomRange
  package let sampling: PlaneSampling

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    x = try RandomRange("x_factor", configuration, default: 0)
    y = try RandomRange("y_factor", configuration, default: 0)
    sampling = try PlaneSampling(configuration)
  }

  package var configuration: JSONObject {
    // Keras writes ranges below 0 that it does not read again; a single number it does.
    var result: JSONObject = ["x_factor": x.json, "y_factor": y.json]
    sampling.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let one: Shape = [scope.graph.shape(x)[0], 1, 1]
    let side = scope.graph.isGreater(scope.random(.uniform, shape: one), 0.5)
    let sign = scope.graph.select(
      side, scope.graph.constant(-1), scope.graph.constant(1))
    let down = scope.graph.multiply(y.drawn(one, scope: &scope), sign)
    let across = scope.graph.multiply(self.x.drawn(one, scope: &scope), sign)
    let same = scope.graph.constant(1, shape: one)
    return try PlaneTurn(xx: same, xy: across, yx: down, yy: same).applied(
      to: x, around: (x: 0, y: 0), sampling: sampling, layer: Self.className,
      in: &scope.graph)
  }
}
