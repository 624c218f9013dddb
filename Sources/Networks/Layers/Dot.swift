package import Graphs
package import JSON
import Tensors

/// The products of two inputs along one axis of each, row by row: with `normalize` the cosines of
/// their angles. `[batch, n]` and `[batch, n]` give `[batch, 1]`.
package struct Dot: Layer {
  package static let className = "Dot"
  package let axes: [Int]
  package let normalizes: Bool

  package init(configuration: Configuration) throws {
    axes = try configuration.ints("axes") ?? []
    guard (1...2).contains(axes.count) else {
      throw configuration.error(
        "axes", found: configuration.values["axes"], expected: "one number or two")
    }
    normalizes = try configuration.bool("normalize", default: false)
  }

  package var configuration: JSONObject {
    var result: JSONObject = [
      "axes": axes.count == 1 ? .int(axes[0]) : .array(axes.map { .int($0) })
    ]
    result.set("normalize", normalizes, default: false)
    return result
  }

  /// The least squared length that a vector is divided by, as in Keras' `normalize`.
  private static let leastSquare = 1e-12

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    guard inputs.count == 2 else {
      throw ShapeError(
        subject: "Dot", found: "\(inputs.count) inputs", expected: "two inputs")
    }
    let shapes = inputs.map { scope.graph.shape($0) }
    let along = try zip(shapes, [axes[0], axes[axes.count - 1]]).map { try axis($1, of: $0) }
    guard !along.contains(0), shapes[0][0] == shapes[1][0],
      shapes[0].extents[along[0]] == shapes[1].extents[along[1]]
    else {
      throw ShapeError(
        subject: "Dot", found: "inputs of shapes \(shapes[0]) and \(shapes[1])",
        expected: "equal extents along the axes \(along[0]) and \(along[1]), not the batch")
    }
    var values = inputs
    if normalizes {
      for (number, axis) in along.enumerated() {
        values[number] = scope.graph.unitLength(
          values[number], axes: [axis], least: Self.leastSquare)
      }
    }
    let rests = zip(shapes, along).map { shape, axis in
      (1..<shape.rank).filter { $0 != axis }
    }
    let (batch, inner) = (shapes[0][0], shapes[0].extents[along[0]])
    func count(_ number: Int) -> Int {
      rests[number].map { shapes[number].extents[$0] }.reduce(1, *)
    }
    let left = scope.graph.reshape(
      scope.graph.transpose(values[0], [0] + rests[0] + [along[0]]), to: [batch, count(0), inner])
    let right = scope.graph.reshape(
      scope.graph.transpose(values[1], [0, along[1]] + rests[1]), to: [batch, inner, count(1)])
    var extents = [0, 1].flatMap { number in rests[number].map { shapes[number].extents[$0] } }
    if extents.isEmpty { extents = [1] }
    return scope.graph.reshape(
      scope.graph.matrixProduct(left, right), to: Shape([batch] + extents))
  }

  /// None: what comes out has no steps of its own.
  package func resultMasks(
    _ inputs: [Value], masks: [Value?], scope: inout LayerScope
  ) throws -> [Value?] { [] }
}
