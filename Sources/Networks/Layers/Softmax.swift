package import Graphs
package import JSON

/// The exponentials divided by their sum along one or more axes.
package struct Softmax: Layer {
  package static let className = "Softmax"
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
    let axes = try axes.map { try axis($0, of: shape) }
    let result = scope.graph.softmax(x, axes: axes)
    if axes.count == 1 { scope.keepLogits(x, of: result) }
    return result
  }
}
