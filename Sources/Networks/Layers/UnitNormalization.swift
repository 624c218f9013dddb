package import Graphs
package import JSON

/// Each row scaled to length 1 along axes.
package struct UnitNormalization: Layer {
  package static let className = "UnitNormalization"
  package static let supportsMasking = true
  package let axes: [Int]

  package init(configuration: Configuration) throws {
    axes = try configuration.ints("axis") ?? [-1]
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    if axes != [-1] {
      result["axis"] = axes.count == 1 ? .int(axes[0]) : .array(axes.map { .int($0) })
    }
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    // Keras cuts off the reciprocal length at 10¹².
    return scope.graph.unitLength(
      x, axes: try axes.map { try axis($0, of: shape) }, least: 1e-24)
  }
}
