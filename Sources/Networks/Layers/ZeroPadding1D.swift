package import Graphs
package import JSON
import Tensors

/// Zeros before and after the steps `[batch, steps, channels]`.
package struct ZeroPadding1D: Layer {
  package static let className = "ZeroPadding1D"
  package let margins: Margins

  package init(configuration: Configuration) throws {
    margins = try Margins("padding", configuration, axes: 1, default: 1)
  }

  package var configuration: JSONObject { ["padding": margins.json] }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    try requireRank(3...3, scope.graph.shape(x))
    return scope.graph.pad(
      x, low: Margins.around(margins.low), high: Margins.around(margins.high))
  }
}
