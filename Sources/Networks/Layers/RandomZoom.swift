package import Graphs
package import JSON
import Tensors

/// In training, looks at each image from a random distance: 1 + factor times as much of it is seen.
///
/// One factor holds for both axes unless `width_factor` is given.
package struct RandomZoom: AugmentationLayer {
  package static let className = "RandomZoom"
  package let arguments: ImageArguments
  package let height: RandomRange
  package let width: RandomRange?
  package let sampling: PlaneSampling

  package init(configuration: Configuration) throws {
    arguments = try ImageArguments(configuration)
    height = try RandomRange("height_factor", configuration)
    let hasWidth = configuration.value("width_factor") != nil
    width = hasWidth ? try RandomRange("width_factor", configuration) : nil
    sampling = try PlaneSampling(configuration)
  }

  package var configuration: JSONObject {
    var result: JSONObject = ["height_factor": height.json]
    if let width { result["width_factor"] = width.json }
    sampling.write(to: &result)
    arguments.write(to: &result)
    return result
  }

  package func augmented(_ x: Value, scope: inout LayerScope) throws -> Value {
    let shape = scope.graph.shape(x)
    let vertical = height.drawn([shape[0], 1], scope: &scope)
    let horizontal = width?.drawn([shape[0], 1], scope: &scope) ?? vertical
    /// (place − middle) · (1 + factor) + middle
    func places(_ factor: Value, _ axis: Int) -> Value {
      let middle = Double(shape[axis] - 1) / 2
      let away = scope.graph.add(scope.graph.counting(shape[axis]), -middle)
      let zoomed = scope.graph.multiply(away, scope.graph.add(factor, 1))
      return scope.graph.add(zoomed, middle)
    }
    let (rows, columns) = (places(vertical, 1), places(horizontal, 2))
    return sampling.moved(x, rows: rows, columns: columns, in: &scope.graph)
  }
}
