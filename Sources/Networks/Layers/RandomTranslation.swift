package import Graphs
package import JSON
import Tensors

/// In training, moves each image down and to the right by random shares of its size.
package struct RandomTranslation: AugmentationLayer {
  package static let className = "RandomTranslation"
  package let arguments: ImageArguments
  package let height: RandomRange
  package let width: RandomRange
  package let sampling: PlaneSampling

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    height = try RandomRange("height_factor", configuration)
    width = try RandomRange("width_factor", configuration)
    sampling = try PlaneSampling(configuration)
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["height_factor": height.json, "width_factor": width.json]
    sampling.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let shape = scope.graph.shape(x)
    func places(_ range: RandomRange, _ axis: Int) -> Value {
      let shift = range.drawn([shape[0], 1], scope: &scope)
      let counting = scope.graph.counting(shape[axis])
      return scope.graph.subtract(
        counting, scope.graph.scale(shift, by: Double(shape[axis])))
    }
    let (rows, columns) = (places(height, 1), places(width, 2))
    return sampling.moved(x, rows: rows, columns: columns, in: &scope.graph)
  }
}
