package import Graphs
package import JSON
package import Tensors

/// One layer applied to every step by itself: `[batch, steps, …] → [batch, steps, …]`.
///
/// All steps are computed at once, as rows of one batch. That is the same unless the layer looks at
/// the batch as a whole, so layers with moving statistics are refused.
package struct TimeDistributed: Layer {
  package static let className = "TimeDistributed"
  package static let supportsMasking = true
  package let layer: InnerLayer

  package init(configuration: Configuration) throws {
    layer = try InnerLayer(configuration, key: "layer", attribute: "layer")
  }

  package var configuration: JSONObject { ["layer": layer.json] }
  package var innerGroups: [String] { layer.groups }

  package func variables(for inputs: [Shape]) throws -> [VariableDeclaration] {
    let input = try single(inputs)
    try requireRank(3...Int.max, input)
    let variables = try layer.variables(for: [rows(input)], isNamed: false)
    guard variables.allSatisfy(\.isTrainable) || !layer.content.isTrainable else {
      throw ShapeError(
        subject: Self.className, found: "a layer with moving statistics",
        expected: "a layer that treats each step by itself",
        advice: "Normalise before or behind it.")
    }
    return variables
  }

  private func rows(_ shape: Shape) -> Shape {
    Shape([shape[0] * shape[1]] + shape.extents.dropFirst(2))
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    try requireRank(3...Int.max, shape)
    scope.masks = [nil]
    let steps = scope.graph.reshape(x, to: rows(shape))
    guard let result = try layer.outputs([steps], scope: &scope).first else {
      throw ShapeError(subject: Self.className, found: "no result", expected: "one")
    }
    let extents = scope.graph.shape(result).extents.dropFirst()
    return scope.graph.reshape(result, to: Shape([shape[0], shape[1]] + extents))
  }
}
