package import Graphs
package import JSON

/// Hides the steps in which all features have a given value: `[batch, steps, features]`. What comes
/// behind leaves them out; their features become 0.
package struct Masking: Layer {
  package static let className = "Masking"
  package let maskValue: Double

  package init(configuration: Configuration) throws {
    maskValue = try configuration.double("mask_value", default: 0)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("mask_value", maskValue, default: 0)
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    try requireRank(2...Int.max, scope.graph.shape(x))
    return scope.graph.select(
      counts(x, keepsAxis: true, scope: &scope), x, scope.graph.constant(0))
  }

  package func resultMasks(
    _ inputs: [Value], masks: [Value?], scope: inout LayerScope
  ) throws -> [Value?] {
    [counts(try single(inputs), keepsAxis: false, scope: &scope)]
  }

  /// 1 for the steps with a feature that differs from the value.
  private func counts(_ x: Value, keepsAxis: Bool, scope: inout LayerScope) -> Value {
    let differs = scope.graph.isNotEqual(x, scope.graph.constant(maskValue))
    return scope.graph.maximum(differs, axes: [-1], keepAxes: keepsAxis)
  }
}
