package import Graphs
package import JSON

import Tensors

/// The exponentials divided by their sum along one or more axes. With a mask, what it hides is left
/// out of the sum and becomes 0.
package struct Softmax: Layer {
  package static let className = "Softmax"
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
    let axes = try axes.map { try axis($0, of: shape) }
    if let mask = scope.masks.first ?? nil {
      return try masked(x, by: mask, axes: axes, scope: &scope)
    }
    let result = scope.graph.softmax(x, axes: axes)
    if axes.count == 1 { scope.keepLogits(x, of: result) }
    return result
  }

  private func masked(
    _ x: Value, by mask: Value, axes: [Int], scope: inout LayerScope
  ) throws -> Value {
    let shapes = (scope.graph.shape(mask), scope.graph.shape(x))
    guard canBroadcast(shapes.0, shapes.1), broadcastShape(shapes.0, shapes.1) == shapes.1 else {
      throw ShapeError(
        subject: Self.className, found: "a mask of shape \(shapes.0)",
        expected: "one that fits the input of shape \(shapes.1) axis by axis",
        advice: "Use Activation('softmax') on sequences with a mask.")
    }
    let kept = scope.graph.select(mask, x, scope.graph.constant(Self.hidden))
    return scope.graph.select(
      mask, scope.graph.softmax(kept, axes: axes), scope.graph.constant(0))
  }

  /// What Keras puts in the place of what a mask hides.
  private static let hidden = -1e9
}
