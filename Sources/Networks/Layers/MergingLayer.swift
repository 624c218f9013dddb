package import Graphs
package import Tensors

/// A layer that combines several inputs element by element.
package protocol MergingLayer: Layer {
  /// Combines what came so far with the next input.
  func merge(_ left: Value, _ right: Value, in graph: inout Graph) -> Value
  /// How many inputs the layer takes.
  var inputCounts: ClosedRange<Int> { get }
}

extension MergingLayer {
  package var inputCounts: ClosedRange<Int> { 1...Int.max }

  package func call(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    try merged(inputs, scope: &scope)
  }

  /// All inputs combined, one after the other.
  package func merged(_ inputs: [Value], scope: inout LayerScope) throws -> Value {
    guard inputCounts.contains(inputs.count) else {
      throw ShapeError(
        subject: Self.className, found: "\(inputs.count) inputs",
        expected: "\(inputCounts.lowerBound) inputs")
    }
    let shapes = inputs.map { scope.graph.shape($0) }
    var result = inputs[0]
    for input in inputs.dropFirst() {
      guard canBroadcast(scope.graph.shape(result), scope.graph.shape(input)) else {
        throw ShapeError(
          subject: Self.className,
          found: "inputs of shapes \(shapes.map(\.description).joined(separator: " and "))",
          expected: "equal shapes")
      }
      result = merge(result, input, in: &scope.graph)
    }
    return result
  }

  /// A step counts if it counts in one of the inputs; without a mask on each there is none.
  package func resultMasks(
    _ inputs: [Value], masks: [Value?], scope: inout LayerScope
  ) throws -> [Value?] {
    let known = masks.compactMap(\.self)
    guard known.count == inputs.count, var result = known.first else { return [] }
    for mask in known.dropFirst() {
      guard canBroadcast(scope.graph.shape(result), scope.graph.shape(mask)) else {
        throw ShapeError(
          subject: Self.className,
          found: "masks of shapes \(scope.graph.shape(result)) and \(scope.graph.shape(mask))",
          expected: "equal shapes")
      }
      result = scope.graph.either(result, mask)
    }
    return [result]
  }
}

/// Whether two shapes fit together by NumPy's rule.
package func canBroadcast(_ left: Shape, _ right: Shape) -> Bool {
  zip(left.extents.reversed(), right.extents.reversed()).allSatisfy {
    $0 == $1 || $0 == 1 || $1 == 1
  }
}
