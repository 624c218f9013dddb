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
}
