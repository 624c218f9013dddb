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
    try requireList(in: scope)
    let shapes = inputs.map { scope.graph.shape($0) }
    let rank = shapes.map(\.rank).max() ?? 0
    let aligned = inputs.map { input in
      let shape = scope.graph.shape(input)
      guard (1..<rank).contains(shape.rank) else { return input }
      // New axes behind the batch, as Keras adds them.
      let ones = [Int](repeating: 1, count: rank - shape.rank)
      return scope.graph.reshape(input, to: Shape([shape[0]] + ones + shape.extents.dropFirst()))
    }
    var result = aligned[0]
    for input in aligned.dropFirst() {
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

extension Layer {
  /// Checks that a layer that joins several inputs was called with a list.
  package func requireList(in scope: LayerScope) throws {
    guard case .tensor(let only)? = scope.arguments.positional.first else { return }
    throw ShapeError(
      subject: Self.className, found: "input of shape \(scope.graph.shape(only.value)) by itself",
      expected: "a list of inputs, each of that shape")
  }
}

/// Whether two shapes fit together by NumPy's rule.
package func canBroadcast(_ left: Shape, _ right: Shape) -> Bool {
  zip(left.extents.reversed(), right.extents.reversed()).allSatisfy {
    $0 == $1 || $0 == 1 || $1 == 1
  }
}
