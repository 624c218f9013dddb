import Tensors

// The derivatives of the operations with windows: each family is closed under them.
extension Graph {
  /// The gradients of a convolution's two operands.
  ///
  /// Σ input·kernel·output over all cells that meet is linear in all three arrays, and each form is
  /// its gradient by one of them.
  mutating func convolutionGradients(
    _ g: Value, of x: [Value], _ form: ConvolutionForm, _ window: Window, groups: Int
  ) -> [Value?] {
    let (first, second) = (shape(x[0]), shape(x[1]))
    switch form {
    case .output:
      return [
        convolution(.input, [g, x[1]], window, groups: groups, shape: first),
        convolution(.kernel, [x[0], g], window, groups: groups, shape: second),
      ]
    case .input:
      return [
        convolution(.output, [g, x[1]], window, groups: groups, shape: first),
        convolution(.kernel, [g, x[0]], window, groups: groups, shape: second),
      ]
    case .kernel:
      return [
        convolution(.input, [x[1], g], window, groups: groups, shape: first),
        convolution(.output, [x[0], g], window, groups: groups, shape: second),
      ]
    }
  }

  /// The gradient of what a window looks at. Positions are steps, through which none flows.
  mutating func windowGradient(
    _ g: Value, of x: [Value], _ function: WindowFunction, _ window: Window
  ) -> Value? {
    let source = shape(x[0])
    switch function {
    case .mean: return windowed(.spread, [g], window, shape: source)
    case .spread: return windowed(.mean, [g], window, shape: source)
    case .maximum:
      let positions = windowed(.position, x, window, shape: shape(g))
      return windowed(.place, [g, positions], window, shape: source)
    case .position: return nil
    case .pick: return windowed(.place, [g, x[1]], window, shape: source)
    case .place: return windowed(.pick, [g, x[1]], window, shape: source)
    }
  }
}
