import Tensors

// Convolutions that are plain matrix products, orders turned around twice, and ways back from maxima.
extension Simplifier {
  mutating func reverse(_ x: Value, _ axes: [Int]) -> Value {
    if case .constant = graph.operation(x) { return x }
    if case .reverse(let inner) = graph.operation(x) {
      return graph.reversed(
        graph.nodes[x.index].operands[0], axes: Array(Set(inner).symmetricDifference(axes)))
    }
    return graph.reversed(x, axes: axes)
  }

  /// A window that sees one element at each place and steps on by one, or that stands on the whole
  /// array, multiplies matrices: pixels × channels with channels × filters.
  mutating func convolution(
    _ form: ConvolutionForm, _ x: [Value], _ window: Window, groups: Int, _ shape: Shape
  ) -> Value {
    let (input, kernel, output) =
      switch form {
      case .output: (graph.shape(x[0]), graph.shape(x[1]), shape)
      case .input: (shape, graph.shape(x[1]), graph.shape(x[0]))
      case .kernel: (graph.shape(x[0]), shape, graph.shape(x[1]))
      }
    let (from, to) = (input.extents.dropFirst().dropLast(), output.extents.dropFirst().dropLast())
    let isPointwise =
      window.cellCount == 1 && window.strides.allSatisfy { $0 == 1 } && from == to
    let isWhole =
      from == window.sizes[...] && window.dilations.allSatisfy { $0 == 1 }
      && to.allSatisfy { $0 == 1 }
    guard groups == 1, window.low.allSatisfy({ $0 == 0 }), isPointwise || isWhole else {
      return graph.convolution(form, x, window, groups: groups, shape: shape)
    }
    let inner = kernel.count / kernel[-1]
    let rows = isPointwise ? output.count / output[-1] : output[0]
    let matrices: [Shape] = [[rows, inner], [inner, kernel[-1]], [rows, kernel[-1]]]
    let (first, second) =
      switch form {
      case .output: (matrices[0], matrices[1])
      case .input: (matrices[2], matrices[1])
      case .kernel: (matrices[0], matrices[2])
      }
    let result = product(
      reshape(x[0], to: first), reshape(x[1], to: second), form == .kernel, form == .input)
    return reshape(result, to: shape)
  }

  // MARK: Ways back from maxima

  /// What is placed where the largest elements of windows are: the value that is looked at, and the
  /// window.
  private func placement(_ value: Value) -> (placed: Value, positions: Value, window: Window)? {
    guard case .window(.place, let window) = graph.operation(value) else { return nil }
    let operands = graph.nodes[value.index].operands
    guard case .window(.position, window) = graph.operation(operands[1]) else { return nil }
    return (operands[0], operands[1], window)
  }

  /// The way back through a maximum and then a ReLU: what stands where the largest element is passes
  /// if that is positive, so the few largest elements decide and not all of them.
  ///
  /// - Returns: `nil` unless `yes` is placed by the positions of maxima, `no` is 0, and the condition
  ///   asks whether what the windows look at is positive.
  mutating func placedPositive(_ condition: Value, _ yes: Value, _ no: Value) -> Value? {
    guard constant(no) == 0, let (placed, positions, window) = placement(yes),
      case .binary(.greater) = graph.operation(condition)
    else { return nil }
    let (source, compared) = (
      graph.nodes[positions.index].operands, graph.nodes[condition.index].operands
    )
    let shape = graph.shape(positions)
    guard compared[0] == source[0], constant(compared[1]) == 0,
      // Known from the way forward.
      let largest = graph.nodes.firstIndex(where: {
        $0.operation == .window(.maximum, window) && $0.operands == source && $0.shape == shape
      })
    else { return nil }
    let zero = graph.constant(0, shape: shape)
    let isPositive = graph.binary(.greater, Value(index: largest), zero)
    let passed = graph.select(isPositive, placed, zero)
    return graph.windowed(.place, [passed, positions], window, shape: graph.shape(yes))
  }

  /// What is placed somewhere in each window, if a sum over the axes of the windows is asked for, in
  /// which it does not matter where.
  func placedEverywhere(_ value: Value, _ axes: [Int]) -> Value? {
    guard let (placed, _, window) = placement(value) else { return nil }
    let (from, to) = (graph.shape(placed).extents, graph.shape(value).extents)
    for axis in 0..<window.axisCount {
      guard axes.contains(axis + 1) else { return nil }
      let seesElements = (0..<from[axis + 1]).allSatisfy { place in
        (0..<window.sizes[axis]).contains {
          window.element(axis, place: place, cell: $0, of: to[axis + 1]) != nil
        }
      }
      guard seesElements else { return nil }
    }
    return placed
  }
}
