package import Graphs
package import JSON
import Tensors

/// Zeros around the plane `[batch, rows, columns, channels]`.
package struct ZeroPadding2D: Layer {
  package static let className = "ZeroPadding2D"
  package let margins: Margins

  package init(configuration: Configuration) throws {
    margins = try Margins("padding", configuration, axes: 2, default: 1)
  }

  package var configuration: JSONObject { ["padding": margins.json] }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    try requireRank(4...4, scope.graph.shape(x))
    return scope.graph.pad(
      x, low: Margins.around(margins.low), high: Margins.around(margins.high))
  }
}
