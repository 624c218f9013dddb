package import Graphs
package import JSON
import Tensors

/// The same elements of each row under another shape; one extent may be −1, for what remains.
package struct Reshape: Layer {
  package static let className = "Reshape"
  package let target: [Int]

  package init(configuration: Configuration) throws {
    guard let target = try configuration.ints("target_shape") else {
      throw configuration.error("target_shape", found: nil, expected: "a list of whole numbers")
    }
    self.target = target
  }

  package var configuration: JSONObject {
    ["target_shape": .array(target.map { .int($0) })]
  }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    let x = try single(inputs)
    let shape = scope.graph.shape(x)
    let count = shape.extents.dropFirst().reduce(1, *)
    let known = target.filter { $0 >= 0 }.reduce(1, *)
    let free = target.count { $0 < 0 }
    let fits = free == 0 ? known == count : free == 1 && known > 0 && count % known == 0
    guard fits else {
      throw ShapeError(
        subject: "Reshape", found: "rows of \(count) elements, shape \(shape)",
        expected: "as many as target_shape \(target) has")
    }
    return scope.graph.reshape(
      x, to: Shape([shape[0]] + target.map { $0 < 0 ? count / known : $0 }))
  }
}
