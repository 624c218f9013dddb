package import Tensors

/// What the spread of initial weights is scaled by.
package enum FanMode: String, Hashable, Sendable, CaseIterable {
  case fanIn = "fan_in"
  case fanOut = "fan_out"
  case fanAverage = "fan_avg"

  /// How many inputs (outputs, or their average) one unit of a weight array of a shape has.
  package func fan(of shape: Shape) -> Double {
    let (fanIn, fanOut) = fans(of: shape)
    switch self {
    case .fanIn: return fanIn
    case .fanOut: return fanOut
    case .fanAverage: return (fanIn + fanOut) / 2
    }
  }
}

/// The number of inputs and outputs of a unit. All axes before the last two are a receptive field,
/// as in a convolution's kernel; a vector's extent counts as both.
private func fans(of shape: Shape) -> (fanIn: Double, fanOut: Double) {
  switch shape.rank {
  case 0: return (1, 1)
  case 1: return (Double(shape[0]), Double(shape[0]))
  default:
    let field = Double(shape.extents.dropLast(2).reduce(1, *))
    return (field * Double(shape[-2]), field * Double(shape[-1]))
  }
}
