package import Graphs
package import JSON
import Tensors

/// The inputs one after the other along an axis.
package struct Concatenate: Layer {
  package static let className = "Concatenate"
  package let axis: Int

  package init(configuration: Configuration) throws {
    axis = try configuration.int("axis", default: -1)
  }

  package var configuration: JSONObject {
    var result = JSONObject()
    result.set("axis", axis, default: -1)
    return result
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try requireList(in: scope)
    let shapes = inputs.map { scope.graph.shape($0) }
    guard let first = shapes.first else {
      throw ShapeError(subject: "Concatenate", found: "no inputs", expected: "one or more")
    }
    let along = try axis(axis, of: first)
    let others = Set(
      shapes.map { shape -> [Int] in
        shape.extents.enumerated().map { $0.offset == along ? -1 : $0.element }
      })
    guard others.count == 1 else {
      throw ShapeError(
        subject: "Concatenate",
        found: "inputs of shapes \(shapes.map(\.description).joined(separator: " and "))",
        expected: "equal shapes except along axis \(along)")
    }
    return scope.graph.concatenate(inputs, axis: along)
  }

  /// Masks grow to the inputs' shapes and are joined like them; a step counts if one of its features
  /// does.
  package func resultMasks(
    _ inputs: [Value], masks: [Value?], scope: inout LayerScope
  ) throws -> [Value?] {
    guard masks.contains(where: { $0 != nil }), let first = inputs.first else { return [] }
    let rank = scope.graph.shape(first).rank
    let along = try axis(axis, of: scope.graph.shape(first))
    let wide = zip(inputs, masks).map { input, mask -> Value in
      let shape = scope.graph.shape(input)
      guard let mask else { return scope.graph.constant(1, shape: shape) }
      guard scope.graph.shape(mask).rank == rank - 1 else { return mask }
      return scope.graph.broadcast(scope.graph.expanded(mask, axis: rank - 1), to: shape)
    }
    guard wide.allSatisfy({ scope.graph.shape($0).rank == rank }) else { return [] }
    return [scope.graph.maximum(scope.graph.concatenate(wide, axis: along), axes: [-1])]
  }
}
