package import Graphs
package import JSON
import Tensors

/// In training, turns each image around its middle by a random share of a full turn.
package struct RandomRotation: AugmentationLayer {
  package static let className = "RandomRotation"
  package let arguments: ImageArguments
  package let factor: RandomRange
  package let sampling: PlaneSampling

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    factor = try RandomRange("factor", configuration)
    sampling = try PlaneSampling(configuration)
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["factor": factor.json]
    sampling.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let shape = scope.graph.shape(x)
    let share = factor.drawn([shape[0], 1, 1], scope: &scope)
    let angle = scope.graph.scale(share, by: 2 * .pi)
    let (sine, cosine) = (scope.graph.unary(.sine, angle), scope.graph.unary(.cosine, angle))
    let turn = PlaneTurn(
      xx: cosine, xy: scope.graph.unary(.negate, sine), yx: sine, yy: cosine)
    return try turn.applied(
      to: x, around: (x: Double(shape[2] - 1) / 2, y: Double(shape[1] - 1) / 2),
      sampling: sampling, layer: Self.className, in: &scope.graph)
  }
}
