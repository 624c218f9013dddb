package import Graphs
package import JSON
package import Tensors

/// One layer applied to every step by itself: `[batch, steps, …] → [batch, steps, …]`.
///
/// All steps are computed at once, as rows of one batch. That is the same unless the layer looks at
/// the batch as a whole: where statistics are taken and move on, one step comes after the other.
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
    return try naming(input) { try layer.variables(for: [Self.step(input)], isNamed: false) }
  }

  /// One step of all rows.
  private static func step(_ shape: Shape) -> Shape {
    Shape([shape[0]] + shape.extents.dropFirst(2))
  }

  /// Says of what the layer within refuses which input it came from.
  private func naming<T>(_ input: Shape, _ body: () throws -> T) throws -> T {
    do { return try body() } catch {
      throw ShapeError(
        subject: Self.className, found: "input of shape \(input)",
        expected: "steps, here of shape \(Self.step(input)), that its "
          + "\(layer.content.className) '\(layer.content.name)' can work on",
        advice: "\(error)")
    }
  }

  private func rows(_ shape: Shape) -> Shape {
    Shape([shape[0] * shape[1]] + shape.extents.dropFirst(2))
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    try requireRank(3...Int.max, shape)
    scope.masks = [nil]
    guard try takesStatistics(of: shape, scope) else {
      let steps = scope.graph.reshape(x, to: rows(shape))
      let result = try naming(shape) { try applied(to: steps, scope: &scope) }
      let extents = scope.graph.shape(result).extents.dropFirst()
      return scope.graph.reshape(result, to: Shape([shape[0], shape[1]] + extents))
    }
    let steps = try (0..<shape[1]).map { step in
      let input = scope.graph.element(x, axis: 1, step)
      return try naming(shape) { try applied(to: input, scope: &scope) }
    }
    return scope.graph.stacked(steps, axis: 1)
  }

  /// Whether the layer moves statistics on in this pass.
  private func takesStatistics(of shape: Shape, _ scope: LayerScope) throws -> Bool {
    guard scope.isTraining, scope.isTrainable, layer.content.isTrainable else { return false }
    return try layer.variables(for: [Self.step(shape)], isNamed: false).contains { !$0.isTrainable }
  }

  private func applied(to input: Value, scope: inout LayerScope) throws -> Value {
    guard let result = try layer.outputs([input], scope: &scope).first else {
      throw ShapeError(subject: Self.className, found: "no result", expected: "one")
    }
    return result
  }
}
