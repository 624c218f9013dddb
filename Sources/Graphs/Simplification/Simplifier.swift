import Tensors

/// Builds a graph anew from another one, with a simpler operation wherever a rule knows one.
struct Simplifier {
  /// The graph built so far.
  var graph = Graph()
  private var rebuilt: [Int: Value] = [:]

  /// What has become of a value of the old graph.
  subscript(value: Value) -> Value {
    guard let result = rebuilt[value.index] else {
      preconditionFailure("value \(value.index) was not rebuilt")
    }
    return result
  }

  /// Rebuilds the wanted values of a graph and all they need.
  mutating func rebuild(_ old: Graph, wanted: [Value]) {
    var needed = [Bool](repeating: false, count: old.nodes.count)
    for value in wanted { needed[value.index] = true }
    for index in old.nodes.indices.reversed() where needed[index] {
      for operand in old.nodes[index].operands { needed[operand.index] = true }
    }
    for (index, node) in old.nodes.enumerated() where needed[index] {
      let operands = node.operands.map { self[$0] }
      rebuilt[index] = make(node.operation, operands, node.shape)
    }
  }

  /// An operation in its simplest form.
  private mutating func make(_ operation: Operation, _ x: [Value], _ shape: Shape) -> Value {
    switch operation {
    case .unary(let function): unary(function, x[0])
    case .binary(let function): binary(function, x[0], x[1])
    case .select: select(x[0], x[1], x[2])
    case .stopGradient: x[0]
    case .broadcast: graph.broadcast(x[0], to: shape)
    case .reshape: reshape(x[0], to: shape)
    case .transpose(let permutation): transpose(x[0], permutation)
    case .reduce(let reduction, let axes): reduce(reduction, x[0], axes, shape)
    case .matrixProduct(let left, let right): product(x[0], x[1], left, right)
    case .reverse(let axes): reverse(x[0], axes)
    case .convolution(let form, let window, let groups):
      convolution(form, x, window, groups: groups, shape)
    default: graph.append(operation, x, shape: shape)
    }
  }

  // MARK: What a value is

  func constant(_ value: Value) -> Double? {
    if case .constant(let number) = graph.operation(value) { return number }
    return nil
  }

  /// The operand of a broadcast.
  private func broadcastSource(_ value: Value) -> Value? {
    if case .broadcast = graph.operation(value) { return graph.nodes[value.index].operands[0] }
    return nil
  }

  /// Folded as a run would compute it: overflow must happen here as it does there.
  private mutating func fold(_ number: Double, _ shape: Shape) -> Value {
    graph.constant(Double(Float(number)), shape: shape)
  }

  // MARK: Rules

  private mutating func unary(_ function: UnaryOperation, _ x: Value) -> Value {
    let shape = graph.shape(x)
    if let number = constant(x) { return fold(function(Double(Float(number))), shape) }
    if function == .negate, case .unary(.negate) = graph.operation(x) {
      return graph.nodes[x.index].operands[0]
    }
    // On the few elements before they are repeated.
    if let source = broadcastSource(x) {
      return graph.broadcast(unary(function, source), to: shape)
    }
    return graph.unary(function, x)
  }

  private mutating func binary(_ function: BinaryOperation, _ a: Value, _ b: Value) -> Value {
    let shape = graph.shape(a)
    let (left, right) = (constant(a), constant(b))
    if let left, let right {
      return fold(function(Double(Float(left)), Double(Float(right))), shape)
    }
    switch (function, left, right) {
    case (.add, 0, _), (.multiply, 1, _): return b
    case (.add, _, 0), (.subtract, _, 0), (.multiply, _, 1), (.divide, _, 1), (.power, _, 1):
      return a
    case (.subtract, 0, _), (.multiply, -1, _): return unary(.negate, b)
    case (.multiply, _, -1), (.divide, _, -1): return unary(.negate, a)
    case (.power, _, 2): return unary(.square, a)
    case (.maximum, _, 0): return unary(.relu, a)
    case (.maximum, 0, _): return unary(.relu, b)
    default: break
    }
    if function == .multiply, a == b { return unary(.square, a) }
    if function == .add, case .unary(.negate) = graph.operation(b) {
      return binary(.subtract, a, graph.nodes[b.index].operands[0])
    }
    // On the few elements before they are repeated.
    switch (broadcastSource(a), broadcastSource(b)) {
    case (let a?, let b?) where graph.shape(a) == graph.shape(b):
      return graph.broadcast(binary(function, a, b), to: shape)
    case (let a?, nil) where right != nil:
      let number = graph.constant(right ?? 0, shape: graph.shape(a))
      return graph.broadcast(binary(function, a, number), to: shape)
    case (nil, let b?) where left != nil:
      let number = graph.constant(left ?? 0, shape: graph.shape(b))
      return graph.broadcast(binary(function, number, b), to: shape)
    default:
      return graph.binary(function, a, b)
    }
  }

  mutating func select(_ condition: Value, _ yes: Value, _ no: Value) -> Value {
    if let number = constant(condition) { return number != 0 ? yes : no }
    if let placed = placedPositive(condition, yes, no) { return placed }
    return yes == no ? yes : graph.select(condition, yes, no)
  }

  mutating func reshape(_ x: Value, to shape: Shape) -> Value {
    if let number = constant(x) { return graph.constant(number, shape: shape) }
    return graph.reshape(x, to: shape)
  }

  private mutating func transpose(_ x: Value, _ permutation: [Int]) -> Value {
    if let number = constant(x) {
      let extents = permutation.map { graph.shape(x).extents[$0] }
      return graph.constant(number, shape: Shape(extents))
    }
    if case .transpose(let inner) = graph.operation(x) {
      let source = graph.nodes[x.index].operands[0]
      return transpose(source, permutation.map { inner[$0] })
    }
    let extents = graph.shape(x).extents
    // Moving axes of extent 1 moves nothing.
    let moved = permutation.filter { extents[$0] != 1 }
    if moved == moved.sorted() {
      return reshape(x, to: Shape(permutation.map { extents[$0] }))
    }
    return graph.transpose(x, permutation)
  }

  mutating func reduce(
    _ reduction: Reduction, _ x: Value, _ axes: [Int], _ shape: Shape
  ) -> Value {
    let source = graph.shape(x)
    let count = axes.map { source.extents[$0] }.reduce(1, *)
    if let number = constant(x), count > 0 {
      return fold(reduction == .sum ? number * Double(count) : number, shape)
    }
    if count == 1 { return reshape(x, to: shape) }
    if reduction == .sum, let placed = placedEverywhere(x, axes) {
      return reduce(.sum, placed, axes, shape)
    }
    // Axes that are not neighbours one run after the other, the last first: each run is then the
    // middle of [outer, middle, inner].
    let long = axes.filter { source.extents[$0] != 1 }
    let isKept = { (axis: Int) in source.extents[axis] != 1 && !axes.contains(axis) }
    if let last = long.last,
      let cut = long.last(where: { axis in (axis..<last).contains(where: isKept) })
    {
      let run = axes.filter { $0 > cut && source.extents[$0] != 1 }
      let partial = Shape(
        source.extents.enumerated().filter { !run.contains($0.offset) }.map(\.element))
      let first = graph.append(.reduce(reduction, axes: run), [x], shape: partial)
      let rest = axes.filter { !run.contains($0) }
        .map { axis in axis - run.filter { $0 < axis }.count }
      return reduce(reduction, first, rest, shape)
    }
    return graph.append(.reduce(reduction, axes: axes), [x], shape: shape)
  }

  mutating func product(
    _ a: Value, _ b: Value, _ transposeLeft: Bool, _ transposeRight: Bool
  ) -> Value {
    if let source = transposedMatrix(a) {
      return product(source, b, !transposeLeft, transposeRight)
    }
    if let source = transposedMatrix(b) {
      return product(a, source, transposeLeft, !transposeRight)
    }
    return graph.matrixProduct(
      a, b, transposeLeft: transposeLeft, transposeRight: transposeRight)
  }

  /// The operand of a transpose that swaps the last two axes and nothing else.
  private func transposedMatrix(_ value: Value) -> Value? {
    guard case .transpose(let permutation) = graph.operation(value) else { return nil }
    var swapped = Array(permutation.indices)
    swapped.swapAt(swapped.count - 1, swapped.count - 2)
    return permutation == swapped ? graph.nodes[value.index].operands[0] : nil
  }
}
