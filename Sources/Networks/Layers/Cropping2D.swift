package import Graphs
package import JSON
import Tensors

/// The plane `[batch, rows, columns, channels]` without its edges.
package struct Cropping2D: Layer {
  package static let className = "Cropping2D"
  package let margins: Margins

  package init(configuration: Configuration) throws {
    margins = try Margins("cropping", configuration, axes: 2, default: 0)
  }

  package var configuration: JSONObject { ["cropping": margins.json] }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    try requireRank(4...4, scope.graph.shape(x))
    let kept = try margins.inside(scope.graph.shape(x), layer: Self.className)
    return scope.graph.slice(x, starts: Margins.around(margins.low), sizes: kept)
  }
}
