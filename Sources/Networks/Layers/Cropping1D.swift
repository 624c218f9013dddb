package import Graphs
package import JSON
import Tensors

/// The steps `[batch, steps, channels]` without the first and the last ones.
package struct Cropping1D: Layer {
  package static let className = "Cropping1D"
  package let margins: Margins

  package init(configuration: Configuration) throws {
    margins = try Margins("cropping", configuration, axes: 1, default: 1)
  }

  package var configuration: JSONObject { ["cropping": margins.json] }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    try requireRank(3...3, scope.graph.shape(x))
    let kept = try margins.inside(scope.graph.shape(x), layer: Self.className)
    return scope.graph.slice(x, starts: Margins.around(margins.low), sizes: kept)
  }
}
