import Tensors

// Convolutions that are plain matrix products, and orders turned around twice.
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
}
